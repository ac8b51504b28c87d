using Esb.Cli.Platform.Ports;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Host.Logs;
using Esb.Origins;

namespace Esb.Cli.Platform;

/// <summary>
/// Computes the parts to start from the settings: command lines, environments, ports. It has no side effects.
/// </summary>
internal sealed class ComponentSpecs(PlatformSettings settings, PlatformAddresses addresses, Credentials credentials)
{
    /// <summary>The gateway's setting for the hand-over socket.</summary>
    public const string HandOverSocket = "HANDOVER_SOCKET";

    /// <summary>The value of <see cref="HandOverSocket"/> for a platform.</summary>
    public static string HandOverPath(PlatformAddresses addresses) =>
        Path.Combine(Path.GetDirectoryName(addresses.AgentSocket)!, "handover");

    public ComponentSpec Of(ComponentKind kind) => kind switch
    {
        ComponentKind.Stores => Stores(),
        ComponentKind.Agent => Agent(),
        ComponentKind.Gateway => Gateway(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // The folders of the stores are beside each other in the state folder, as those of earlier versions were.
    private ComponentSpec Stores() => Spec(
        ComponentKind.Stores,
        addresses.Stores!.Authority,
        (Binaries.Find(settings, Binaries.Stores), []),
        new()
        {
            ["STORES_LISTEN"] = addresses.Stores.Authority,
            ["STORES_DATA_DIR"] = settings.State.Path,
            [SettingNames.Region] = settings.Region,
            [SettingNames.AccessKeyId] = credentials.AccessKeyId,
            [SettingNames.SecretAccessKey] = credentials.SecretAccessKey,
        }) with
    {
        // Esb.Dynalite imports the tables of an earlier version into this folder, which it renames at the end.
        ImportFolder = Path.Combine(settings.State.Path, "tables.import"),
    };

    private ComponentSpec Agent() => Spec(
        ComponentKind.Agent,
        addresses.AgentSocket,
        (Binaries.Find(settings, Binaries.Agent), []),
        new()
        {
            ["AGENT_ADDRESS"] = addresses.AgentSocket,
            ["AGENT_BACKEND"] = "process",
            ["AGENT_STATE_DIR"] = settings.State.Run,
            [SettingNames.PythonPackages] = Given(SettingNames.PythonPackages),
            [SettingNames.NodeSdk] = Given(SettingNames.NodeSdk),
        });

    // The environment of the shell overrides .env.
    private string? Given(string name) =>
        Environment.GetEnvironmentVariable(name) ?? settings.EnvFile.GetValueOrDefault(name);

    /// <summary>
    /// Variables that are always set here: name, value (null for one that depends on other settings) and what to use
    /// instead.
    /// </summary>
    public static readonly IReadOnlyList<(string Name, string? Value, string Instead)> OwnSettings =
    [
        ("ASYNC_DIR", null, $"set {SettingNames.StateDir}"),
        ("LOG_DIR", null, $"set {SettingNames.StateDir}"),
        ("GATEWAY_LISTEN", null, $"set {SettingNames.GatewayPort}"),
        (SettingNames.GatewayAddress, Loopback,
            "use a container mode, or a reverse proxy, to let in other machines: docs/security.md"),
        ("RUNTIME_API_LISTEN", null, $"set {SettingNames.RuntimeApiPort}"),
        ("ADMIN_LISTEN", null, $"set {SettingNames.AdminPort}"),
        ("ADMIN_ADDRESS", Loopback, $"set {SettingNames.AdminPort}; it is open to this machine only"),
        ("RUNTIME_CONFIG_DIR", null, $"set {SettingNames.ConfigDir}"),
        (HandOverSocket, null, $"set {SettingNames.StateDir}"),
        ("AGENT_ADDRESS", null, $"set {SettingNames.StateDir}"),
        ("AGENT_BACKEND", PlatformMode.Process.Name, "use a container mode: docs/containers.md"),
        ("AGENT_STATE_DIR", null, $"set {SettingNames.StateDir}"),
        ("STORES_LISTEN", null, $"set {SettingNames.StoresPort}"),
        ("STORES_DATA_DIR", null, $"set {SettingNames.StateDir}"),
        ("OBJECTSTORE_LISTEN", null, $"set {SettingNames.StoresPort}"),
        ("OBJECTSTORE_DATA_DIR", null, $"set {SettingNames.StateDir}"),
    ];

    private const string Loopback = "127.0.0.1";

    private ComponentSpec Gateway() => Spec(
        ComponentKind.Gateway,
        addresses.Gateway.GetLeftPart(UriPartial.Authority),
        (Binaries.Find(settings, Binaries.Gateway), []),
        GatewayEnvironment());

    private Dictionary<string, string?> GatewayEnvironment()
    {
        if (AccessLogFile.Objection(Given(AccessLogFile.Setting)) is { } objection)
            throw objection;
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal);

        // The gateway also gets the rest of .env (endpoints of other AWS services, TLS); the environment of the shell
        // overrides it.
        foreach (var (name, value) in settings.EnvFile)
        {
            if (Environment.GetEnvironmentVariable(name) is null)
                environment[name] = value;
        }

        environment["GATEWAY_LISTEN"] = addresses.Gateway.Authority;
        environment["RUNTIME_API_LISTEN"] = addresses.RuntimeApi;
        environment["ADMIN_LISTEN"] = addresses.Admin.Authority;
        environment["AGENT_ADDRESS"] = addresses.AgentSocket;
        environment[HandOverSocket] = HandOverPath(addresses);
        environment["RUNTIME_CONFIG_DIR"] = settings.ConfigFolder;
        environment[SettingNames.ReloadInterval] = settings.ReloadInterval;
        environment["LOG_DIR"] = settings.State.FunctionLogs;
        environment["ASYNC_DIR"] = settings.State.Asynchronous;
        environment[SettingNames.DatabaseEndpoint] = Text(addresses.Database);
        environment[SettingNames.ObjectStoreEndpoint] = Text(addresses.ObjectStore);
        environment[SettingNames.LambdaEndpoint] = Text(settings.LambdaEndpoint ?? ForFunctions());
        environment[SettingNames.Region] = settings.Region;
        environment[SettingNames.DefaultRegion] = settings.Region;
        environment[SettingNames.AccessKeyId] = credentials.AccessKeyId;
        environment[SettingNames.SecretAccessKey] = credentials.SecretAccessKey;
        return environment;
    }

    // The Runtime API's port also serves the Lambda API, so workers need not trust the certificate of the public port.
    private Uri ForFunctions() => settings.GatewayIsSecure
        ? new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", settings.Ports.RuntimeApi).Uri
        : addresses.Gateway;

    // A profile or session token of the shell belongs to another key pair, and AWS SDKs would sign wrongly with it.
    private ComponentSpec Spec(
        ComponentKind kind,
        string address,
        (string Executable, IReadOnlyList<string> Arguments) command,
        Dictionary<string, string?> environment)
    {
        environment["AWS_PROFILE"] = null;
        if (Environment.GetEnvironmentVariable(AllowedHosts.Variable) is null
            && settings.EnvFile.TryGetValue(AllowedHosts.Variable, out var hosts))
            environment[AllowedHosts.Variable] = hosts;
        if (settings.SecretAccessKey is null)
            environment["AWS_SESSION_TOKEN"] = null;
        foreach (var (name, value) in ProxyExceptions.Of(Environment.GetEnvironmentVariable))
            environment[name] = value;
        var log = Path.Combine(settings.State.Logs, ComponentNames.LogFile(kind));
        environment[ProcessOutput.FileVariable] = log;
        foreach (var (name, value) in settings.LogBounds.Settings())
            environment[name] = value;
        return new ComponentSpec(kind, address, PortClaims.Of(kind, settings.Ports), new DaemonSpec(
            command.Executable, command.Arguments, environment, log)
        {
            LogBounds = settings.LogBounds,
        });
    }

    // Without a slash at the end, since SDKs append their own path.
    private static string Text(Uri uri) => uri.AbsoluteUri.TrimEnd('/');
}
