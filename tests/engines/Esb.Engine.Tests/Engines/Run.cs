using System.Runtime.InteropServices;

namespace Esb.Engine.Tests.Engines;

/// <summary>What all tests of one run share: the engine and the images. Created once, and removed at the end.</summary>
public static class Run
{
    private static readonly string Name = $"esb-engine-{Guid.NewGuid().ToString("N")[..8]}";

    private static IEngine? _engine;

    internal static IEngine Engine => _engine ?? throw new InvalidOperationException("the engine was not started");

    internal static string Mode { get; } =
        Environment.GetEnvironmentVariable("E2E_MODE") is { Length: > 0 } mode ? mode : "docker";

    internal static string Repository { get; } = Esb.Testing.Repository.Root;

    /// <summary>A Python function on AWS's base image or its stand-in, and one for the other architecture.</summary>
    internal static string Function { get; private set; } = "";

    internal static string Foreign { get; private set; } = "";

    [Before(TestSession)]
    public static async Task StartAsync()
    {
        _engine = Mode == "containerd"
            ? await ContainerdUnderTest.StartAsync()
            : await DockerEngineUnderTest.StartAsync(Name);
        var files = Path.Combine(AppContext.BaseDirectory, "Functions");
        await BuildAsync("function", "--build-arg", "BASE=esb-e2e/lambda/python:3.11", "--file", Path.Combine(
            files, "Dockerfile"), files);
        var other = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "amd64" : "arm64";
        await BuildAsync(
            "foreign", "--platform", $"linux/{other}", "--file", Path.Combine(files, "Dockerfile.foreign"), files);
        Function = await Engine.OfferAsync($"{Name}:function");
        Foreign = await Engine.OfferAsync($"{Name}:foreign");
    }

    [After(TestSession)]
    public static async Task EndAsync()
    {
        if (_engine is not null)
            await _engine.DisposeAsync();
        foreach (var image in await Tool.WordsAsync(
            "docker", "image", "ls", "--format", "{{.Repository}}:{{.Tag}}", Name))
            await Tool.RunAsync("docker", "image", "rm", image);
    }

    private static Task<string> BuildAsync(string tag, params string[] arguments) =>
        Tool.RunAsync(
            "docker",
            ["buildx", "build", "--quiet", "--load", "--provenance=false", "--tag", $"{Name}:{tag}", .. arguments]);
}
