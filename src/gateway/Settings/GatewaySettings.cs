using System.Globalization;
using Esb.Host.Logs;
using Esb.Host.Settings;
using Esb.Host.Text;
using Esb.Origins;
using Microsoft.Extensions.Configuration;

namespace Esb.Gateway.Settings;

/// <summary>The settings of the gateway, which are read once, at the start.</summary>
internal sealed record GatewaySettings
{
    /// <summary>The variable for the Lambda API's endpoint in workers.</summary>
    public const string LambdaEndpoint = "AWS_ENDPOINT_URL_LAMBDA";

    private static readonly TimeSpan MaxDuration = TimeSpan.FromHours(24);

    public required ListenAddress Public { get; init; }

    public required ListenAddress RuntimeApi { get; init; }

    /// <summary>
    /// The host and port of the Runtime API for workers. The agent replaces the host 0.0.0.0 with the machine's address
    /// in the workers' network.
    /// </summary>
    public required string RuntimeApiForWorkers { get; init; }

    public required ListenAddress Admin { get; init; }

    /// <summary>The TLS files of the public port; null for plain HTTP.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>The maximum number of open connections on the public port.</summary>
    public required int MaxConnections { get; init; }

    /// <summary>
    /// How long readiness reports draining before the public port closes, so that load balancers notice.
    /// </summary>
    public required TimeSpan DrainDelay { get; init; }

    /// <summary>The Unix domain socket for the hand-over to the next gateway; null for none.</summary>
    public string? HandOverSocket { get; init; }

    /// <summary>The agent's Unix domain socket.</summary>
    public required string AgentSocket { get; init; }

    /// <summary>The folders for configuration, the preferred one first.</summary>
    public required IReadOnlyList<string> ConfigurationFolders { get; init; }

    /// <summary>How often the configuration is checked for changes; zero to reload only on demand.</summary>
    public required TimeSpan ReloadInterval { get; init; }

    /// <summary>The folder for the logs of functions; null to keep them in memory only.</summary>
    public string? LogFolder { get; init; }

    /// <summary>The limit for the files of each function's log and of the access log.</summary>
    public required LogBounds LogBounds { get; init; }

    /// <summary>The VictoriaLogs server that log lines are sent to; null to send them nowhere.</summary>
    public Uri? VictoriaLogs { get; init; }

    /// <summary>The export of traces; null when tracing is off.</summary>
    public TraceSettings? Traces { get; init; }

    /// <summary>The folder for accepted asynchronous events; null for a temporary folder.</summary>
    public string? AsynchronousFolder { get; init; }

    /// <summary>The maximum total size of accepted asynchronous events in bytes.</summary>
    public required long AsynchronousBytes { get; init; }

    /// <summary>
    /// The memory for all workers together in MiB, counted by their configured sizes; 0 for no limit.
    /// </summary>
    public required long WorkersMemory { get; init; }

    /// <summary>The key pair for the Lambda API's signatures; null for none.</summary>
    public (string Id, string Secret)? Credentials { get; init; }

    /// <summary>Whether the Lambda API requires a signature from every caller, even a local one.</summary>
    public bool SignatureRequired { get; init; }

    /// <summary>
    /// The host names that are allowed for the platform's own ports: those in the setting, and those that workers get.
    /// </summary>
    public required AllowedHosts AllowedHosts { get; init; }

    /// <summary>The path of the access log, or <c>-</c> for standard output; null for no access log.</summary>
    public string? AccessLog { get; init; }

    public required string Region { get; init; }

    /// <summary>
    /// The environment variables that direct an unmodified AWS SDK in a worker to the platform's stores and the
    /// gateway.
    /// </summary>
    public required IReadOnlyDictionary<string, string> WorkerEnvironment { get; init; }

    /// <exception cref="SettingException">A value is invalid.</exception>
    public static GatewaySettings Read(IConfiguration configuration)
    {
        string Value(string name, string fallback) => configuration[name] is { Length: > 0 } value ? value : fallback;
        ListenAddress Listen(string name, string fallback) => ListenAddress.Parse(name, Value(name, fallback));
        TimeSpan Time(string name, string fallback) => Duration.Parse(Value(name, fallback), MaxDuration)
            ?? throw new SettingException(
                name, Value(name, fallback), $"{Duration.Form}, at most {MaxDuration.TotalHours:0}h; 0 turns it off");
        var region = Value("AWS_REGION", "us-east-1");
        return new GatewaySettings
        {
            Public = Listen("GATEWAY_LISTEN", ":8080"),
            RuntimeApi = Listen("RUNTIME_API_LISTEN", ":9001"),
            RuntimeApiForWorkers = HostAndPort(
                "RUNTIME_API_ADVERTISE",
                Value("RUNTIME_API_ADVERTISE", Listen("RUNTIME_API_LISTEN", ":9001").ToString())),
            Admin = Listen("ADMIN_LISTEN", "127.0.0.1:9002"),
            Tls = TlsFiles.Read(configuration),
            MaxConnections =
                (int)WholeNumber.Parse("MAX_CONNECTIONS", Value("MAX_CONNECTIONS", "10000"), 1, int.MaxValue),
            DrainDelay = Time("DRAIN_DELAY", "0"),
            HandOverSocket = configuration["HANDOVER_SOCKET"] is { Length: > 0 } handOver ? handOver : null,
            AgentSocket = Value("AGENT_ADDRESS", "/run/esb/agent.sock"),
            ConfigurationFolders =
                [Value("RUNTIME_CONFIG_DIR", "/app/runtime-config"), Value("BAKED_CONFIG_DIR", "/app/config")],
            ReloadInterval = Time("CONFIG_RELOAD_INTERVAL", "1s"),
            LogFolder = configuration["LOG_DIR"] is { Length: > 0 } folder ? folder : null,
            LogBounds = LogBounds.Read(name => configuration[name]),
            VictoriaLogs = configuration["VICTORIALOGS_URL"] is { Length: > 0 } url
                ? HttpUrl.Parse("VICTORIALOGS_URL", url, "http://victorialogs:9428")
                : null,
            Traces = TraceSettings.Read(configuration),
            AsynchronousFolder = configuration["ASYNC_DIR"] is { Length: > 0 } asynchronous ? asynchronous : null,
            AsynchronousBytes = WholeNumber.Parse(
                "ASYNC_MAX_BYTES", Value("ASYNC_MAX_BYTES", "536870912"), 1024 * 1024, long.MaxValue),
            WorkersMemory = WholeNumber.Parse("WORKERS_MEMORY", Value("WORKERS_MEMORY", "0"), 0, int.MaxValue),
            Credentials = KeyPair.Read(configuration),
            SignatureRequired = Value("LAMBDA_API_SIGNATURE", "remote") switch
            {
                "required" => true,
                "remote" => false,
                var other => throw new SettingException(
                    "LAMBDA_API_SIGNATURE", other, "remote (from other machines) or required (from everybody)"),
            },
            AllowedHosts = Hosts(configuration),
            AccessLog = configuration["ACCESS_LOG"] is { Length: > 0 } accessLog ? accessLog : null,
            Region = region,
            WorkerEnvironment = ForWorkers(configuration, region),
        };
    }

    private static AllowedHosts Hosts(IConfiguration configuration)
    {
        var hosts = AllowedHosts.TryParse(configuration[AllowedHosts.Variable]) ?? throw new SettingException(
            AllowedHosts.Variable, configuration[AllowedHosts.Variable]!, AllowedHosts.Form);
        if (configuration["RUNTIME_API_ADVERTISE"] is { Length: > 0 } advertised)
            hosts = hosts.With(advertised[..Math.Max(0, advertised.LastIndexOf(':'))]);
        return Uri.TryCreate(configuration[LambdaEndpoint], UriKind.Absolute, out var endpoint)
            ? hosts.With(endpoint.Host)
            : hosts;
    }

    private static string HostAndPort(string name, string value) =>
        value.LastIndexOf(':') is > 0 and var colon
            && ushort.TryParse(value.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0
            ? value
            : throw new SettingException(name, value, "HOST:PORT as workers reach it, for example gateway:9001");

    private static Dictionary<string, string> ForWorkers(IConfiguration configuration, string region)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (value is not null && (key.StartsWith("AWS_ENDPOINT_URL", StringComparison.Ordinal)
                || key is "AWS_ACCESS_KEY_ID" or "AWS_SECRET_ACCESS_KEY"))
                environment[key] = value;
        }

        environment["AWS_REGION"] = region;
        environment["AWS_DEFAULT_REGION"] = region;
        return environment;
    }
}
