namespace Esb.Container.Tests.Platforms;

/// <summary>The mode that this run tests, and what scripts/e2e.sh has prepared for it.</summary>
internal static class Mode
{
    public static string Name { get; } = Environment.GetEnvironmentVariable("E2E_MODE") is { } mode
        && (mode == "docker" || mode == "containerd")
        ? mode
        : throw new InvalidOperationException(
            "E2E_MODE is not set; run scripts/e2e.sh docker or scripts/e2e.sh containerd");

    public static bool IsContainerd => Name == "containerd";

    /// <summary>
    /// Marks everything that this run creates, so that scripts/e2e.sh can remove what a killed run left.
    /// </summary>
    public static string Run { get; } = Environment.GetEnvironmentVariable("E2E_RUN") ?? "esbe2e";

    /// <summary>The tag of the control-plane images.</summary>
    public static string Tag { get; } = Environment.GetEnvironmentVariable("TAG") ?? "latest";

    /// <summary>The files for <c>docker compose -f</c>.</summary>
    public static IReadOnlyList<string> ComposeFiles { get; } = Environment.GetEnvironmentVariable(
        "E2E_COMPOSE_OVERRIDE") is { Length: > 0 } more
        ? [Usual, more]
        : [Usual];

    /// <summary>The services that the documented command names after <c>up -d</c>.</summary>
    public static IReadOnlyList<string> Services { get; } = IsContainerd
        ? ["database", "s3-storage", "victorialogs", "runtime-node", "gateway", "agent"]
        : ["database", "s3-storage", "victorialogs", "gateway", "agent"];

    private static string Usual => Path.Combine(Binaries.Repository, $"docker-compose.{Name}.yml");
}
