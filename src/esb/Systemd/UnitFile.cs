using System.Text;
using Esb.Cli.Platform;

namespace Esb.Cli.Systemd;

/// <summary>How units of one platform differ from those of another.</summary>
/// <param name="Prefix">Their names begin with it.</param>
/// <param name="Executable">Absolute path of <c>esb</c>.</param>
/// <param name="Options">Of <c>esb run</c>: where settings come from.</param>
/// <param name="WantedBy">What starts them when the machine starts.</param>
internal sealed record UnitSetting(string Prefix, string Executable, IReadOnlyList<string> Options, string WantedBy)
{
    /// <summary>Where programs are found; null: systemd's own path.</summary>
    public string? SearchPath { get; init; }

    /// <summary>
    /// The user of a package's units, that have all protection systemd gives; null: whoever's manager it is, without.
    /// </summary>
    public string? User { get; init; }
}

/// <summary>The units of a platform as text. Source: systemd.unit(5), systemd.service(5), systemd.exec(5).</summary>
internal static class UnitFile
{
    public static string Target(UnitSetting setting, IEnumerable<ComponentKind> kinds) => $"""
        [Unit]
        Description=ESB platform {setting.Prefix}
        Documentation=man:esb(1)
        Wants={string.Join(' ', kinds.Select(kind => Name(setting, kind)))}

        [Install]
        WantedBy={setting.WantedBy}

        """;

    public static string Service(UnitSetting setting, ComponentKind kind)
    {
        var run = $"{Quoted(setting.Executable)} run "
            + $"{Part(kind)}{string.Concat(setting.Options.Select(option => " " + Quoted(option)))}";
        var text = new StringBuilder($"""
            [Unit]
            Description=ESB {ComponentNames.Of(kind)} ({setting.Prefix})
            Documentation=man:esb(1)
            PartOf={TargetName(setting)}
            StartLimitIntervalSec=0

            """);
        if (kind == ComponentKind.Gateway)
            text.Append($"After={string.Join(' ', Needed.Select(needed => Name(setting, needed)))}\n");
        // dynalite does not know systemd: it has started when it runs.
        text.Append($"""

            [Service]
            Type={(kind == ComponentKind.Database ? "exec" : "notify")}
            ExecCondition={run} --check
            ExecStart={run}
            Restart=on-failure
            RestartSec=1

            """);
        if (setting.SearchPath is { } path)
            text.Append($"Environment={Quoted($"PATH={path}")}\n");
        text.Append(Ending(kind));
        if (setting.User is { } user)
            text.Append($"User={user}\nGroup={user}\n").Append(Protection(kind));
        return text.Append($"\n[Install]\nAlso={TargetName(setting)}\n").ToString();
    }

    public static string TargetName(UnitSetting setting) => $"{setting.Prefix}.target";

    public static string Name(UnitSetting setting, ComponentKind kind) =>
        $"{setting.Prefix}-{Part(kind).Replace("-", "", StringComparison.Ordinal)}.service";

    /// <summary>What <c>esb run</c> calls it.</summary>
    public static string Part(ComponentKind kind) => ComponentNames.Of(kind).Replace(' ', '-');

    private static readonly ComponentKind[] Needed =
        [ComponentKind.ObjectStore, ComponentKind.Database, ComponentKind.Agent];

    // The gateway lets running requests end, for 25 seconds; a new configuration is read on SIGHUP. The agent ends its
    // workers itself, and may limit their memory by cgroups below its own.
    private static string Ending(ComponentKind kind) => kind switch
    {
        ComponentKind.Gateway => "ExecReload=kill -HUP $MAINPID\nTimeoutStopSec=35\n",
        ComponentKind.Agent => "KillMode=mixed\nDelegate=yes\n",
        _ => "",
    };

    // What a process of ESB never does. Functions are children of the agent: what is forbidden to it is forbidden to
    // them, so it keeps what an ordinary program may do (namespaces, every address family, writable and executable
    // memory for their just-in-time compilers).
    private static string Protection(ComponentKind kind)
    {
        const string All = """
            StateDirectory=esb
            StateDirectoryMode=0700
            UMask=0077
            NoNewPrivileges=yes
            CapabilityBoundingSet=
            AmbientCapabilities=
            ProtectSystem=strict
            ProtectHome=yes
            PrivateTmp=yes
            PrivateDevices=yes
            ProtectClock=yes
            ProtectHostname=yes
            ProtectKernelLogs=yes
            ProtectKernelModules=yes
            ProtectKernelTunables=yes
            LockPersonality=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            RemoveIPC=yes
            SystemCallArchitectures=native

            """;
        const string Servers = """
            ProtectControlGroups=yes
            ProtectProc=invisible
            RestrictNamespaces=yes
            RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
            SystemCallFilter=@system-service
            SystemCallErrorNumber=EPERM

            """;
        // node compiles while it runs.
        const string Compiled = "MemoryDenyWriteExecute=yes\n";
        return kind switch
        {
            ComponentKind.Agent => All,
            ComponentKind.Database => All + Servers,
            _ => All + Servers + Compiled,
        };
    }

    // systemd.syntax(7) and "Specifiers": % and $ have a meaning even in quotes.
    private static string Quoted(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return escaped.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('/' or '.' or '-' or '_' or '=' or ':'))
            ? $"\"{escaped}\""
            : escaped;
    }
}
