using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Building;

/// <summary><c>esb build</c>: images that contain the configuration, and what takes precedence over it.</summary>
internal sealed class BakedPlatformTests
{
    private const string Table = "  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: "
        + "baked-table\n      BillingMode: PAY_PER_REQUEST\n      AttributeDefinitions: [{ AttributeName: id, "
        + "AttributeType: S }]\n      KeySchema: [{ AttributeName: id, KeyType: HASH }]\n";

    [Test]
    public async Task A_platform_with_a_configuration_in_its_images_serves_it_until_a_configuration_folder_appears()
    {
        await using var platform = new ContainerPlatform();
        var tag = $"{Mode.Run}-baked";
        platform.Settings["TAG"] = tag;
        var template = platform.Write(
            "baked", Templates.Function("baked", "/baked", more: Table), ("src/app.py", Templates.Answer("baked in")));
        await platform.StartRegistryAsync();
        var build = await platform.EsbAsync("build", "-t", template, "--env", Mode.Run, "--mode", Mode.Name);
        await Assert.That(build.ExitCode).IsEqualTo(0).Because(build.ToString());
        string[] images = Mode.IsContainerd
            ? ["gateway", "agent", "provisioner", "runtime-node"]
            : ["gateway", "agent", "provisioner"];
        foreach (var image in images)
            await Assert.That(build.Output).Contains($"esb-{image}:{tag}");

        await platform.InitializeAsync();
        // The image of the function has to be fetched first.
        await Eventually.TrueAsync(async () => (await platform.Client.GetAsync("/baked")).IsSuccessStatusCode);
        await Assert.That(await platform.Client.GetStringAsync("/baked")).IsEqualTo("baked in");

        // The manifest: the baked one, that of the folder once it exists, and one that is named, which takes
        // precedence.
        await Assert.That(await platform.AskDockerAsync("compose", "run", "--rm", "-T", "provisioner"))
            .Contains("baked-table")
            .And.Contains("created");
        await File.WriteAllTextAsync(
            Path.Combine(platform.ConfigurationFolder, "resources.yml"),
            "resources: { s3: [ { BucketName: from-the-folder } ] }\n");
        await Assert.That(await platform.AskDockerAsync("compose", "run", "--rm", "-T", "provisioner"))
            .Contains("from-the-folder")
            .And.DoesNotContain("baked-table");
        await Assert.That(await platform.AskDockerAsync(
            "compose", "run", "--rm", "-T", "--env", "RESOURCES_YML=/app/config/resources.yml", "provisioner"))
            .Contains("baked-table")
            .And.Contains("unchanged");

        // The runtime configuration appears later and is loaded without a restart; it begins with what is served.
        await platform.DeployAsync(platform.Write(
            "later", Templates.Function("later", "/later"), ("src/app.py", Templates.Answer("deployed"))));
        await Assert.That(await platform.Client.GetStringAsync("/later")).IsEqualTo("deployed");
        await Assert.That(await platform.Client.GetStringAsync("/baked")).IsEqualTo("baked in");
        await platform.AskDockerAsync("compose", "--profile", "*", "down", "--timeout", "15");
        await platform.AskDockerAsync(["image", "rm", .. images.Select(i => $"esb-{i}:{tag}")]);
    }

    [Test]
    public async Task A_deploy_before_the_platform_has_started_begins_with_the_baked_configuration()
    {
        await using var platform = new ContainerPlatform();
        var tag = $"{Mode.Run}-baked-first";
        platform.Settings["TAG"] = tag;
        await platform.StartRegistryAsync();
        var template = platform.Write(
            "baked-first",
            Templates.Function("baked-first", "/baked-first"),
            ("src/app.py", Templates.Answer("baked in")));
        var build = await platform.EsbAsync("build", "-t", template, "--env", Mode.Run, "--mode", Mode.Name);
        await Assert.That(build.ExitCode).IsEqualTo(0).Because(build.ToString());
        var later = platform.Write(
            "later-first",
            Templates.Function("later-first", "/later-first"),
            ("src/app.py", Templates.Answer("deployed")));
        var deploy = await platform.EsbAsync(
            "deploy", "-t", later, "--env", Mode.Run, "--mode", Mode.Name, "--no-wait");
        await Assert.That(deploy.ExitCode).IsEqualTo(0).Because(deploy.ToString());
        await Assert.That(deploy.Output).Contains(
            "functions.yml, routing.yml, missing or empty in the folder: from what is baked into the platform");

        await platform.InitializeAsync();
        await Eventually.TrueAsync(async () => (await platform.Client.GetAsync("/baked-first")).IsSuccessStatusCode
            && (await platform.Client.GetAsync("/later-first")).IsSuccessStatusCode);
        await platform.AskDockerAsync("compose", "--profile", "*", "down", "--timeout", "15");
        string[] images = Mode.IsContainerd
            ? ["gateway", "agent", "provisioner", "runtime-node"]
            : ["gateway", "agent", "provisioner"];
        await platform.AskDockerAsync(["image", "rm", .. images.Select(i => $"esb-{i}:{tag}")]);
    }
}
