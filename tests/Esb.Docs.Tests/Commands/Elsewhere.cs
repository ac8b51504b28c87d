namespace Esb.Docs.Tests.Commands;

/// <summary>
/// What runs the commands of a page that these tests do not run, by the second word after the opening fence of their
/// block.
/// </summary>
/// <param name="Marker">
/// <c>checkout</c>: builds or tests this checkout. <c>docker</c>: needs an engine. <c>root</c>: changes the machine.
/// <c>shown</c>: only shown, not run.
/// </param>
/// <param name="Command">The beginning of the command.</param>
/// <param name="Holder">The file that runs it, from the root of the repository; empty if none does.</param>
/// <param name="Text">A text in that file, or the reason why nothing runs it.</param>
internal sealed record Elsewhere(string Marker, string Command, string Holder, string Text)
{
    private const string Ci = ".ci/run";
    private const string Containers = "tests/engines/Esb.Container.Tests/";
    private const string Nobody = "";
    private const string Install = "scripts/e2e/install-test.sh";
    private const string Images = "scripts/e2e/images-test.sh";
    private const string AirGapped = "tests/Esb.EndToEnd.Tests/Bundling/AirGappedTests.cs";
    private const string Revisions = "tests/Esb.Cli.Tests/Revisions/";
    private const string Up = Containers + "Platforms/ContainerPlatform.cs";

    public static string[] Markers { get; } = ["checkout", "docker", "root", "shown"];

    public static Elsewhere[] All { get; } =
    [
        new("checkout", "scripts/quickstart.sh", Ci, "scripts/quickstart.sh --down"),
        new("checkout", "scripts/test.sh", Ci, "scripts/test.sh"),
        new("checkout", "scripts/publish.sh", "scripts/test.sh", "scripts/publish.sh"),
        new("checkout", "scripts/e2e.sh", Ci, "scripts/e2e.sh"),
        new("checkout", "dotnet format Esb.slnx", Ci, "dotnet format Esb.slnx"),
        // One of the projects that scripts/test.sh runs.
        new("checkout", "dotnet run --project tests/", "scripts/test.sh", "dotnet run --project"),
        new(
            "checkout",
            "ESB_WRITE_DOCS=1 dotnet run --project tests/",
            "tests/Esb.Docs.Tests/Reference/WrittenPage.cs",
            "ESB_WRITE_DOCS"),

        new("docker", "cp .env.example .env", Up, ".env"),
        new("docker", "docker compose -f docker-compose.docker.yml --env-file .env up -d", Up, "UpAsync"),
        new("docker", "docker compose -f docker-compose.containerd.yml --env-file .env up -d", Up, "UpAsync"),
        new(
            "docker",
            "docker compose -f docker-compose.containerd.yml --env-file .env --profile registry up -d registry",
            Up,
            "\"registry\", \"up\""),
        new(
            "docker",
            "docker compose -f docker-compose.docker.yml --env-file .env run --rm provisioner",
            Containers + "Building/BakedPlatformTests.cs",
            "\"run\", \"--rm\""),
        new("docker", "esb build -t", Containers + "Building/BakedPlatformTests.cs", "\"build\", \"-t\""),
        new("docker", "esb deploy -t", Containers + "Deploying/JoiningTests.cs", "DeployAsync"),
        new("docker", "curl http://127.0.0.1:8080/orders", Containers + "Deploying/ExampleTests.cs", "/orders"),
        new("docker", "esb status --mode docker", Containers + "Calling/CallingTests.cs", "\"status\""),

        // On fresh root file systems, each with its own systemd: unpacked, with install.sh and with the .deb.
        new("root", "sha256sum --check", Install, "by_script"),
        new("root", "tar -xzf esb-", Install, "tar -xzf"),
        new("root", "PATH=$PWD/esb-", Install, "tar -xzf"),
        new("root", "esb up", Install, "esb up"),
        new("root", "esb init hello && cd hello", Install, "esb init hello"),
        new("root", "esb deploy", Install, "esb deploy"),
        new("root", "curl http://127.0.0.1:8080/hello/you", Install, "/hello"),
        new("root", "esb down", Install, "esb down"),
        new("root", "./install.sh", Install, "install.sh"),
        new("root", "apt install ./esb_", Install, "dpkg -i"),
        new("root", "sudo esb up --systemd", Install, "esb up --systemd"),
        new("root", "sudo -H -u esb esb ", Install, "as_esb esb deploy"),
        new("checkout", "scripts/install-dependencies.sh --release", Ci, "scripts/install-dependencies.sh --release"),
        new("checkout", "scripts/release.sh 0.2.0", Ci, "scripts/release.sh"),
        new("checkout", "scripts/e2e/install-test.sh", Ci, "scripts/e2e/install-test.sh"),
        new("docker", "docker load -i", Images, "docker load -i"),
        new("docker", "cp -r /usr/local/share/esb", Images, "cp -r"),

        new("shown", "esb history", Revisions + "HistoryTests.cs", "\"history\""),
        new("shown", "esb diff", Revisions + "HistoryTests.cs", "\"diff\""),
        new("shown", "esb rollback", Revisions + "RollbackTests.cs", "\"rollback\""),
        new("shown", "esb prune", Revisions + "PruneTests.cs", "\"prune\""),
        new("shown", "esb doctor", "tests/Esb.EndToEnd.Tests/Operating/DoctorTests.cs", "\"doctor\""),
        new("shown", "esb upgrade", "tests/Esb.EndToEnd.Tests/Upgrading/UpgradedPlatform.cs", "\"upgrade\""),
        // On a machine without a network, from a bundle that was made on another one.
        new("shown", "esb bundle", AirGapped, "\"bundle\""),
        new("shown", "esb up", AirGapped, "\"up\""),
        new("shown", "esb deploy --from", AirGapped, "\"--from\""),
        new("shown", "sha256sum site.esb", Nobody, "it compares with a sum that came another way"),
        new("shown", "tar ", "tests/Esb.Cli.Tests/Bundles/BundleFormatTests.cs", "tar"),
        new(
            "shown",
            "docker compose -f docker-compose.containerd.yml --profile registry up -d registry",
            Up,
            "\"registry\", \"up\""),
        new(
            "shown",
            "RESOURCES_YML=resources.yml esb-provisioner --dry-run",
            "tests/Esb.Provisioner.Tests/Manifests/ManifestTests.cs",
            "\"--dry-run\""),
    ];
}
