using System.Text.Json.Nodes;
using Esb.EndToEnd.Tests.Platforms;

namespace Esb.EndToEnd.Tests.Projects;

/// <summary>
/// A project from <c>esb init</c> can be deployed unchanged, under the name of its folder, and answers.
/// </summary>
[ClassDataSource<Platform>(Shared = SharedType.PerTestSession)]
internal sealed class ExampleTests(Platform platform)
{
    [Test]
    [Arguments("python")]
    [Arguments("node")]
    public async Task The_example_of_a_language_answers_as_written(string runtime)
    {
        await DeployAsync(runtime);
        await Assert.That(await GreetingAsync($"/{runtime}")).IsEqualTo($"{runtime} says, everybody!");
        await Assert.That(await GreetingAsync($"/{runtime}/caf%C3%A9")).IsEqualTo($"{runtime} says, café!");
    }

    [Test]
    public async Task The_example_in_csharp_answers_from_native_code()
    {
        await DeployAsync("dotnet");
        await Assert.That(await GreetingAsync("/dotnet")).IsEqualTo("dotnet says, everybody!");
        await Assert.That(await GreetingAsync("/dotnet/you")).IsEqualTo("dotnet says, you!");
        // The worker's program is the bootstrap itself, and it has mapped no managed assembly.
        var mapped = PlatformProcesses.Of(platform).Where(p => p.Name == "bootstrap")
            .SelectMany(p => File.ReadLines($"/proc/{p.Pid}/maps"));
        var files = mapped.Select(l => Path.GetFileName(l[(l.LastIndexOf(' ') + 1)..])).Distinct().ToList();
        await Assert.That(files).Contains("bootstrap");
        await Assert.That(string.Join(' ', files.Where(f => f.EndsWith(".dll", StringComparison.Ordinal))))
            .IsEqualTo("");
    }

    private async Task DeployAsync(string runtime)
    {
        var folder = Path.Combine(Path.GetDirectoryName(platform.StateFolder)!, "examples", runtime);
        var written = await platform.EsbAsync("init", folder, "--runtime", runtime);
        await Assert.That(written.ExitCode).IsEqualTo(0).Because(written.ToString());
        await platform.DeployAsync(
            Path.Combine(folder, "template.yaml"), "--parameter-overrides", $"Greeting='{runtime} says'");
    }

    private async Task<string?> GreetingAsync(string path) =>
        (string?)JsonNode.Parse(await platform.Client.GetStringAsync(path))!["message"];
}
