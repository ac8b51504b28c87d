using System.Text;
using Esb.Cli.Platform;

namespace Esb.Cli.Systemd;

/// <summary>The settings of the units of one platform.</summary>
/// <param name="Prefix">The prefix of their names.</param>
/// <param name="Executable">Absolute path of <c>esb</c>.</param>
/// <param name="Options">The options of <c>esb run</c> with the sources of settings.</param>
/// <param name="WantedBy">The target that starts them.</param>
internal sealed record UnitSetting(string Prefix, string Executable, IReadOnlyList<string> Options, string WantedBy)
{
    /// <summary>The PATH; null for systemd's default.</summary>
    public string? SearchPath { get; init; }

    /// <summary>
    /// The user of the package's units, which are sandboxed; null for the user of the manager, without a sandbox.
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
        text.Append($"""

            [Service]
            Type=notify
            ExecCondition={run} --check
            ExecStart={run}
            Restart=on-failure
            RestartSec=1

            """);
        if (setting.SearchPath is { } path)
            text.Append($"Environment={Quoted($"PATH={path}")}\n");
        text.Append(Lifetime(kind));
        if (setting.User is { } user)
            text.Append($"User={user}\nGroup={user}\n").Append(Protection(kind));
        return text.Append($"\n[Install]\nAlso={TargetName(setting)}\n").ToString();
    }

    public static string TargetName(UnitSetting setting) => $"{setting.Prefix}.target";

    public static string Name(UnitSetting setting, ComponentKind kind) =>
        $"{setting.Prefix}-{Part(kind).Replace("-", "", StringComparison.Ordinal)}.service";

    /// <summary>The name for <c>esb run</c>.</summary>
    public static string Part(ComponentKind kind) => ComponentNames.Of(kind).Replace(' ', '-');

    private static readonly ComponentKind[] Needed = [ComponentKind.Stores, ComponentKind.Agent];

    // The gateway waits up to 25 seconds for running requests, and reloads on SIGHUP. The agent ends its workers
    // itself, and can limit their memory by cgroups below its own.
    private static string Lifetime(ComponentKind kind) => kind switch
    {
        // The import of the tables of an earlier version may take minutes.
        ComponentKind.Stores => "TimeoutStartSec=infinity\n",
        ComponentKind.Gateway => "ExecReload=kill -HUP $MAINPID\nTimeoutStopSec=35\n",
        ComponentKind.Agent => "KillMode=mixed\nDelegate=yes\n",
        _ => "",
    };

    // Forbids what the programs of ESB never do. Functions are children of the agent and inherit its limits, so the
    // agent keeps what ordinary programs may need (namespaces, every address family, writable and executable memory for
    // just-in-time compilers).
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
            MemoryDenyWriteExecute=yes

            """;
        return kind == ComponentKind.Agent ? All : All + Servers;
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
