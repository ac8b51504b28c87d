namespace Esb.Docs.Tests.Commands;

/// <summary>Who runs the commands of a page that are not run here, by the second word behind their block's opening fence.</summary>
/// <param name="Marker"><c>checkout</c>: builds or tests this checkout. <c>docker</c>: needs an engine. <c>root</c>: changes the machine. <c>shown</c>: is only to be read.</param>
/// <param name="Command">How it begins.</param>
/// <param name="Holder">The file that runs it, from the root of the repository.</param>
/// <param name="Text">What stands in that file.</param>
internal sealed record Elsewhere(string Marker, string Command, string Holder, string Text)
{
    private const string Ci = ".ci/run";
    private const string Containers = "tests/engines/Esb.Container.Tests/";
    private const string Up = Containers + "Platforms/ContainerPlatform.cs";

    public static string[] Markers { get; } = ["checkout", "docker", "root", "shown"];

    public static Elsewhere[] All { get; } =
    [
        new("checkout", "scripts/quickstart.sh", Ci, "scripts/quickstart.sh --down"),
        new("checkout", "scripts/test.sh", Ci, "scripts/test.sh"),
        new("checkout", "scripts/publish.sh", "scripts/test.sh", "scripts/publish.sh"),
        new("checkout", "scripts/e2e.sh", Ci, "scripts/e2e.sh"),
        new("checkout", "dotnet format Esb.slnx", Ci, "dotnet format Esb.slnx"),
        // One project's share of what scripts/test.sh runs.
        new("checkout", "dotnet run --project tests/", "scripts/test.sh", "dotnet run --project"),
        new("checkout", "ESB_WRITE_DOCS=1 dotnet run --project tests/", "tests/Esb.Docs.Tests/Reference/WrittenPage.cs", "ESB_WRITE_DOCS"),

        new("docker", "cp .env.example .env", Up, ".env"),
        new("docker", "docker compose -f docker-compose.docker.yml --env-file .env up -d", Up, "UpAsync"),
        new("docker", "docker compose -f docker-compose.containerd.yml --env-file .env up -d", Up, "UpAsync"),
        new("docker", "docker compose -f docker-compose.containerd.yml --env-file .env --profile registry up -d registry", Up, "\"registry\", \"up\""),
        new("docker", "docker compose -f docker-compose.docker.yml --env-file .env run --rm provisioner", Containers + "Building/BakedPlatformTests.cs", "\"run\", \"--rm\""),
        new("docker", "esb build -t", Containers + "Building/BakedPlatformTests.cs", "\"build\", \"-t\""),
        new("docker", "esb deploy -t", Containers + "Deploying/JoiningTests.cs", "DeployAsync"),
        new("docker", "curl http://127.0.0.1:8080/orders", Containers + "Deploying/ExampleTests.cs", "/orders"),
        new("docker", "esb status --mode docker", Containers + "Calling/CallingTests.cs", "\"status\""),

        new("shown", "RESOURCES_YML=resources.yml esb-provisioner --dry-run", "tests/Esb.Provisioner.Tests/Manifests/ManifestTests.cs", "\"--dry-run\""),
    ];
}
