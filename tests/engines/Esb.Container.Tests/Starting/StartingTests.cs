using System.Text.Json;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Starting;

/// <summary>A platform after <c>docker compose up -d</c>, before anything is deployed.</summary>
internal sealed class StartingTests
{
    [Test]
    public async Task The_platform_starts_without_a_function_and_without_the_provisioner()
    {
        await using var platform = new ContainerPlatform();
        await platform.InitializeAsync();
        using var health = JsonDocument.Parse(await platform.Client.GetStringAsync("/health"));
        await Assert.That(health.RootElement.GetProperty("configuration").GetProperty("functions").GetInt32())
            .IsEqualTo(0);
        var services = (await platform.AskDockerAsync("compose", "ps", "--all", "--services"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(services.Except(["registry"]).Order()).IsEquivalentTo(Mode.Services.Order());
    }

    [Test]
    public async Task Control_plane_images_are_small_have_labels_and_run_without_root_where_possible()
    {
        await using var platform = new ContainerPlatform();
        var image = await platform.AskDockerAsync(
            "image",
            "inspect",
            $"esb-gateway:{Mode.Tag}",
            "--format",
            "{{.Size}} {{.Config.User}} {{index .Config.Labels \"org.opencontainers.image.title\"}}");
        await Assert.That(image).Contains(" 65532:65532 ESB gateway");
        await Assert.That(long.Parse(image.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))
            .IsLessThanOrEqualTo(28_000_000);
    }
}
