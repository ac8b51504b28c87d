namespace Esb.Cli.Tests;

/// <summary>What is set in the shell of whoever runs the tests must neither change them nor be changed by them.</summary>
internal static class OwnEnvironment
{
    private static readonly string[] Settings =
    [
        "ESB_PROJECT", "ESB_MODE", "COMPOSE_FILE", "COMPOSE_PROJECT_NAME", "CONTAINER_REGISTRY", "LAMBDA_BASE_REGISTRY", "BUILD_NETWORK", "GATEWAY_ADDRESS", "ESB_STATE_DIR", "ESB_BIN_DIR", "CONFIG_DIR", "CONFIG_RELOAD_INTERVAL", "GATEWAY_PORT", "RUNTIME_API_PORT", "ADMIN_PORT", "DATABASE_PORT",
        "OBJECTSTORE_PORT", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_S3", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
    ];

    [Before(Assembly)]
    public static void Forget()
    {
        foreach (var setting in Settings)
            Environment.SetEnvironmentVariable(setting, null);
    }
}
