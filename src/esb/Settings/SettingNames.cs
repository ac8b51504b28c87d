namespace Esb.Cli.Settings;

/// <summary>The names of settings, as they stand in the environment and in <c>.env</c>.</summary>
internal static class SettingNames
{
    /// <summary>What <c>--env</c> sets: the environment.</summary>
    public const string Environment = "ESB_ENV";

    /// <summary>What <c>--project</c> sets: the environment by the name of its folder.</summary>
    public const string Project = "ESB_PROJECT";

    /// <summary>What <c>--mode</c> sets.</summary>
    public const string Mode = "ESB_MODE";

    /// <summary>Docker Compose's own name: the files of the platform, when they are not the usual one.</summary>
    public const string ComposeFile = "COMPOSE_FILE";

    public const string ComposeProject = "COMPOSE_PROJECT_NAME";
    public const string Registry = "CONTAINER_REGISTRY";
    public const string LambdaBaseRegistry = "LAMBDA_BASE_REGISTRY";
    public const string BuildNetwork = "BUILD_NETWORK";
    public const string GatewayAddress = "GATEWAY_ADDRESS";
    public const string StateDir = "ESB_STATE_DIR";
    public const string BinDir = "ESB_BIN_DIR";
    public const string ConfigDir = "CONFIG_DIR";

    /// <summary>The gateway's own name for the folder that it serves while nothing stands in CONFIG_DIR.</summary>
    public const string BakedConfigDir = "BAKED_CONFIG_DIR";

    /// <summary>How many revisions of a configuration folder are kept.</summary>
    public const string KeepRevisions = "ESB_KEEP_REVISIONS";

    public const string ReloadInterval = "CONFIG_RELOAD_INTERVAL";
    public const string GatewayPort = "GATEWAY_PORT";
    public const string RuntimeApiPort = "RUNTIME_API_PORT";
    public const string AdminPort = "ADMIN_PORT";
    public const string DatabasePort = "DATABASE_PORT";
    public const string ObjectStorePort = "OBJECTSTORE_PORT";

    /// <summary>All that <see cref="PlatformPorts"/> reads.</summary>
    public static IReadOnlyList<string> Ports { get; } =
        [GatewayPort, RuntimeApiPort, AdminPort, DatabasePort, ObjectStorePort];

    public const string DatabaseEndpoint = "AWS_ENDPOINT_URL_DYNAMODB";
    public const string ObjectStoreEndpoint = "AWS_ENDPOINT_URL_S3";
    /// <summary>The certificate of the gateway's public port; its presence says that the port speaks TLS.</summary>
    public const string TlsCertificate = "TLS_CERT_FILE";

    /// <summary>Where the Compose files take the certificate from.</summary>
    public const string TlsFolder = "TLS_DIR";

    /// <summary>How long a deploy waits for a store.</summary>
    public const string ProvisionTimeout = "PROVISION_TIMEOUT";

    public const string LambdaEndpoint = "AWS_ENDPOINT_URL_LAMBDA";
    public const string PythonPackages = "PYTHON_PACKAGES";
    public const string NodeSdk = "NODE_SDK_DIR";
    public const string Region = "AWS_REGION";
    public const string DefaultRegion = "AWS_DEFAULT_REGION";
    public const string AccessKeyId = "AWS_ACCESS_KEY_ID";
    public const string SecretAccessKey = "AWS_SECRET_ACCESS_KEY";
}
