using System.Globalization;
using System.Runtime.InteropServices;

namespace Esb.Testing;

/// <summary>
/// The state of the process that tests rely on and that their caller may have changed: signals, umask, settings,
/// language, proxies and the current folder. It is set before the first test, and processes that tests start inherit
/// it.
/// </summary>
public static partial class Surroundings
{
    private const int UsualMask = 0x12; // 022
    private const string Loopback = "127.0.0.1,localhost,::1";

    // A shell makes background processes ignore the first two; nohup makes its program ignore the third.
    private static readonly int[] Signals = [2, 3, 1, 15]; // SIGINT, SIGQUIT, SIGHUP, SIGTERM

    private static readonly string[] Settings =
    [
        "COMPOSE_FILE", "COMPOSE_PROJECT_NAME", "CONTAINER_REGISTRY", "LAMBDA_BASE_REGISTRY", "BUILD_NETWORK",
        "GATEWAY_ADDRESS", "GATEWAY_PORT", "RUNTIME_API_PORT", "ADMIN_PORT", "STORES_PORT",
        "DATABASE_PORT", "OBJECTSTORE_PORT", "CONFIG_DIR", "RUNTIME_CONFIG_DIR", "BAKED_CONFIG_DIR",
        "CONFIG_RELOAD_INTERVAL",
        "RESOURCES_YML", "ASYNC_DIR", "LOG_DIR", "ACCESS_LOG", "DRAIN_DELAY", "MAX_CONNECTIONS", "HANDOVER_SOCKET",
        "GATEWAY_LISTEN", "ADMIN_LISTEN", "RUNTIME_API_LISTEN", "RUNTIME_API_ADVERTISE", "TLS_CERT_FILE",
        "TLS_KEY_FILE", "VICTORIALOGS_URL", "WORKERS_MEMORY", "NOTIFY_SOCKET", "LISTEN_FDS", "LISTEN_PID",
        "LISTEN_FDNAMES",
        "ESB_ENV", "ESB_PROJECT", "ESB_MODE", "ESB_STATE_DIR", "ESB_BIN_DIR", "ESB_KEEP_REVISIONS", "NO_COLOR",
        "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "LINES", "CDPATH", "GREP_OPTIONS", "PYTHONPATH",
        "PYTHONHOME", "NODE_OPTIONS", "BASH_ENV", "ENV",
    ];

    // DOTNET_ROOT is kept, because it says where .NET is, and so are the settings of the command line of .NET.
    private static readonly string[] Prefixes =
    [
        "AWS_", "OTEL_", "PROVISION_", "LAMBDA_", "AGENT_", "ASPNETCORE_", "DOTNET_gc", "DOTNET_GC", "DOTNET_SYSTEM_",
        "DOTNET_ENVIRONMENT", "XDG_STATE_",
    ];

    /// <summary>Sets everything, whatever it was before.</summary>
    public static void Set()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(n => Settings.Contains(n) || Prefixes.Any(p => n.StartsWith(p, StringComparison.Ordinal))))
            Environment.SetEnvironmentVariable(name, null);
        // A proxy that is needed to install something is kept, but not used for this machine.
        foreach (var name in new[] { "no_proxy", "NO_PROXY" })
            Environment.SetEnvironmentVariable(
                name,
                Environment.GetEnvironmentVariable(name) is { Length: > 0 } given ? $"{given},{Loopback}" : Loopback);
        foreach (var name in new[] { "LANG", "LC_ALL", "LANGUAGE" })
            Environment.SetEnvironmentVariable(name, name == "LANGUAGE" ? null : "C.UTF-8");
        Environment.SetEnvironmentVariable("TERM", "dumb");
        CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
        CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
        // Otherwise, a .env file in the caller's current folder would be read.
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
        _ = Umask(UsualMask);
        foreach (var signal in Signals.Where(IsIgnored))
            _ = Signal(signal, 0); // SIG_DFL
    }

    // proc(5): a mask in hexadecimal, the lowest bit for signal 1.
    private static bool IsIgnored(int signal)
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("SigIgn:", StringComparison.Ordinal));
        return (ulong.Parse(
            line.AsSpan("SigIgn:".Length).Trim(),
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture) & (1UL << (signal - 1))) != 0;
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);
}
