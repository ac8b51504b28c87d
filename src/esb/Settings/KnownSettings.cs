namespace Esb.Cli.Settings;

/// <summary>
/// All settings of esb, of the programs of the platform and of its Compose files. <c>.env.example</c> explains them.
/// </summary>
internal static class KnownSettings
{
    /// <summary>Names that only ESB uses: a similar name is meant for ESB, wherever it is set.</summary>
    public static IReadOnlyList<string> Own { get; } =
    [
        SettingNames.Environment, SettingNames.Project, SettingNames.Mode, SettingNames.StateDir,
        SettingNames.BinDir, SettingNames.KeepRevisions, "ESB_ALLOWED_HOSTS", SettingNames.GatewayAddress,
        SettingNames.GatewayPort, SettingNames.RuntimeApiPort, SettingNames.AdminPort, SettingNames.StoresPort,
        SettingNames.FormerStoresPort, SettingNames.FormerDatabasePort, "GATEWAY_LISTEN", "RUNTIME_API_LISTEN",
        "RUNTIME_API_ADVERTISE",
        "ADMIN_LISTEN", "STORES_LISTEN", "STORES_DATA_DIR", "OBJECTSTORE_LISTEN", "OBJECTSTORE_DATA_DIR",
        "RUNTIME_CONFIG_DIR",
        SettingNames.BakedConfigDir, SettingNames.ReloadInterval, "LAMBDA_API_SIGNATURE", "WORKERS_MEMORY",
        "WORKERS_PREFIX", "ASYNC_MAX_BYTES", "MAX_CONNECTIONS", "DRAIN_DELAY", "HANDOVER_SOCKET",
        SettingNames.TlsCertificate, "TLS_KEY_FILE", SettingNames.TlsFolder, "PROVISION_ALLOW_INDEX_REMOVAL",
        SettingNames.ProvisionTimeout, SettingNames.Registry, SettingNames.LambdaBaseRegistry,
        SettingNames.BuildNetwork, SettingNames.PythonPackages, SettingNames.NodeSdk, "VICTORIALOGS_URL",
        "VICTORIALOGS_RETENTION", "AGENT_ADDRESS", "AGENT_BACKEND", "AGENT_STATE_DIR", "AGENT_SOCKET_GROUP",
        "AGENT_CGROUP", "AGENT_OWNER",
    ];

    /// <summary>Names that other programs use too, or that resemble theirs.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        SettingNames.ConfigDir, "LOG_DIR", "LOG_FILE", "LOG_MAX_SIZE", "LOG_MAX_FILES", "ACCESS_LOG", "ASYNC_DIR",
        "RESOURCES_YML", "REGISTRY_URL", "DOCKER_SOCKET", SettingNames.ComposeFile, SettingNames.ComposeProject,
        "IMAGE_PREFIX", "BINARIES", "SDK_IMAGE", "DATABASE_IMAGE", "VICTORIALOGS_IMAGE", "REGISTRY_IMAGE",
        "RUNTIME_NODE_BASE", "DATABASE_MEMORY", "VICTORIALOGS_MEMORY", "GATEWAY_MEMORY", "AGENT_MEMORY",
        "RUNTIME_NODE_MEMORY", "OBJECTSTORE_MEMORY", "REGISTRY_MEMORY", "TAG", SettingNames.Region,
        SettingNames.DefaultRegion, SettingNames.AccessKeyId, SettingNames.SecretAccessKey, "AWS_SESSION_TOKEN",
        "AWS_PROFILE", "AWS_ENDPOINT_URL", SettingNames.DatabaseEndpoint, SettingNames.ObjectStoreEndpoint,
        SettingNames.LambdaEndpoint, "S3_IMAGE", "S3_COMMAND", "S3_MEMORY", "ZONEINFO",
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL",
        "OTEL_EXPORTER_OTLP_TIMEOUT", "OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES",
        "OTEL_TRACES_EXPORTER", "OTEL_SDK_DISABLED", "OTEL_BSP_SCHEDULE_DELAY",
    ];

    /// <summary>Settings without which a port is open to more callers than intended.</summary>
    public static IReadOnlyList<string> Guards { get; } =
        ["LAMBDA_API_SIGNATURE", SettingNames.TlsCertificate, "TLS_KEY_FILE"];

    /// <summary>
    /// Beginnings of names that people use by mistake for a guard, each with the guard that they mean. Such names
    /// differ from the guard's name by more than a few letters.
    /// </summary>
    public static IReadOnlyList<(string Start, string Guard)> NearGuards { get; } =
    [
        ("TLS_CERT", SettingNames.TlsCertificate), ("TLS_KEY", "TLS_KEY_FILE"), ("TLS_PRIVATE", "TLS_KEY_FILE"),
        ("LAMBDA_API_", "LAMBDA_API_SIGNATURE"), ("LAMBDA_SIGN", "LAMBDA_API_SIGNATURE"),
    ];

    /// <summary>Prefixes that people put before the name of a guard.</summary>
    public static IReadOnlyList<string> GuardPrefixes { get; } = ["ESB_", "GATEWAY_"];

    /// <summary>Variables of OpenSSL whose names resemble that of a guard.</summary>
    public static IReadOnlyList<string> Foreign { get; } = ["SSL_CERT_FILE", "SSL_CERT_DIR"];

    /// <summary>The prefix of ESB's own settings.</summary>
    public const string OwnPrefix = "ESB_";
}
