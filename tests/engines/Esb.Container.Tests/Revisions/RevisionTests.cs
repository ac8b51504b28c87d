using System.Text.Json;
using Esb.Container.Tests.Platforms;

namespace Esb.Container.Tests.Revisions;

/// <summary>
/// Rolling back to earlier images, and removing unused ones. It has its own platform, because revisions are of the
/// whole configuration folder.
/// </summary>
[ClassDataSource<ContainerPlatform>(Shared = SharedType.PerClass)]
internal sealed class RevisionTests(ContainerPlatform platform)
{
    [Test]
    public async Task A_bad_image_is_rolled_back_and_a_prune_removes_those_that_no_kept_revision_names()
    {
        await DeployAsync(Templates.Answer("good"));
        await Assert.That(await platform.Client.GetStringAsync("/back")).IsEqualTo("good");
        await DeployAsync(Templates.Handler("raise RuntimeError('bad')"));
        await Assert.That((int)(await platform.Client.GetAsync("/back")).StatusCode).IsEqualTo(502);
        var back = await platform.EsbAsync("rollback", "--mode", Mode.Name);
        await Assert.That(back.ExitCode).IsEqualTo(0).Because(back.ToString());
        await Assert.That(await platform.Client.GetStringAsync("/back")).IsEqualTo("good");
        await Assert.That((await ImagesAsync()).Count).IsEqualTo(2);

        var pruned = await PruneAsync("--keep", "1");
        await Assert.That(pruned.GetProperty("images").GetArrayLength()).IsEqualTo(1).Because(pruned.ToString());
        await Assert.That((await ImagesAsync()).Count).IsEqualTo(1);
        await Assert.That(await platform.Client.GetStringAsync("/back")).IsEqualTo("good");

        if (Mode.IsContainerd)
            return; // The registry still has it.
        await DeployAsync(Templates.Answer("newer"));
        await platform.AskDockerAsync(["image", "rm", "--force", .. (await ImagesAsync()).Where(i => !File.ReadAllText(
            Path.Combine(platform.ConfigurationFolder, "functions.yml")).Contains(i, StringComparison.Ordinal))]);
        var gone = await platform.EsbAsync("rollback", "--mode", Mode.Name);
        await Assert.That(gone.ExitCode).IsEqualTo(1);
        await Assert.That(gone.Error).Contains("function 'back' of revision").And.Contains(
            "is gone: the engine does not have it").And.Contains("nothing was changed");
        await Assert.That(await platform.Client.GetStringAsync("/back")).IsEqualTo("newer");
    }

    private Task<CommandResult> DeployAsync(string handler) =>
        platform.DeployAsync(platform.Write("back", Templates.Function("back", "/back"), ("src/app.py", handler)));

    private async Task<IReadOnlyList<string>> ImagesAsync() =>
        (await platform.AskDockerAsync(
            "image", "ls", "--filter", "label=esb.function=back", "--format", "{{.Repository}}:{{.Tag}}"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(
                i => i.Contains($":{Mode.Run}-", StringComparison.Ordinal)).ToList();

    private async Task<JsonElement> PruneAsync(params string[] more)
    {
        var pruned = await platform.EsbAsync(["prune", "--mode", Mode.Name, "--json", .. more]);
        return pruned.ExitCode == 0
            ? JsonDocument.Parse(pruned.Output).RootElement
            : throw new InvalidOperationException(pruned.ToString());
    }
}
