namespace Esb.Cli.Settings;

/// <summary>The names of settings in the environment and in <c>.env</c>.</summary>
internal static class SettingNames
{
    /// <summary>The environment, set by <c>--env</c>.</summary>
    public const string Environment = "ESB_ENV";

    /// <summary>The name of the environment's folder, set by <c>--project</c>.</summary>
    public const string Project = "ESB_PROJECT";

    /// <summary>The mode, set by <c>--mode</c>.</summary>
    public const string Mode = "ESB_MODE";

    /// <summary>Docker Compose's own setting for the files of the platform.</summary>
    public const string ComposeFile = "COMPOSE_FILE";

    public const string ComposeProject = "COMPOSE_PROJECT_NAME";
    public const string Registry = "CONTAINER_REGISTRY";
    public const string LambdaBaseRegistry = "LAMBDA_BASE_REGISTRY";
    public const string BuildNetwork = "BUILD_NETWORK";
    public const string GatewayAddress = "GATEWAY_ADDRESS";
    public const string StateDir = "ESB_STATE_DIR";
    public const string BinDir = "ESB_BIN_DIR";
    public const string ConfigDir = "CONFIG_DIR";

    /// <summary>The gateway's own setting for the folder that it serves while CONFIG_DIR is empty.</summary>
    public const string BakedConfigDir = "BAKED_CONFIG_DIR";

    /// <summary>The number of revisions to keep in a configuration folder.</summary>
    public const string KeepRevisions = "ESB_KEEP_REVISIONS";

    public const string ReloadInterval = "CONFIG_RELOAD_INTERVAL";
    public const string GatewayPort = "GATEWAY_PORT";
    public const string RuntimeApiPort = "RUNTIME_API_PORT";
    public const string AdminPort = "ADMIN_PORT";
    public const string StoresPort = "STORES_PORT";

    /// <summary>The former name of <see cref="StoresPort"/>, which is read if that is not set.</summary>
    public const string FormerStoresPort = "OBJECTSTORE_PORT";

    /// <summary>The port of the database of earlier versions, which had a port of its own.</summary>
    public const string FormerDatabasePort = "DATABASE_PORT";

    /// <summary>All settings that <see cref="PlatformPorts"/> reads.</summary>
    public static IReadOnlyList<string> Ports { get; } =
        [GatewayPort, RuntimeApiPort, AdminPort, StoresPort];

    public const string DatabaseEndpoint = "AWS_ENDPOINT_URL_DYNAMODB";
    public const string ObjectStoreEndpoint = "AWS_ENDPOINT_URL_S3";
    /// <summary>The certificate of the gateway's public port; when it is set, the port uses TLS.</summary>
    public const string TlsCertificate = "TLS_CERT_FILE";

    /// <summary>The private key of the gateway's certificate.</summary>
    public const string TlsKey = "TLS_KEY_FILE";

    /// <summary>The folder from which the Compose files take the certificate.</summary>
    public const string TlsFolder = "TLS_DIR";

    /// <summary>The longest wait of a deploy for a store.</summary>
    public const string ProvisionTimeout = "PROVISION_TIMEOUT";

    public const string LambdaEndpoint = "AWS_ENDPOINT_URL_LAMBDA";
    public const string PythonPackages = "PYTHON_PACKAGES";
    public const string NodeSdk = "NODE_SDK_DIR";
    public const string Region = "AWS_REGION";
    public const string DefaultRegion = "AWS_DEFAULT_REGION";
    public const string AccessKeyId = "AWS_ACCESS_KEY_ID";
    public const string SecretAccessKey = "AWS_SECRET_ACCESS_KEY";
}
