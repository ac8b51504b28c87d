namespace Esb.Engine.Tests.Engines;

/// <summary>The machine's Docker Engine, with a network for this run.</summary>
internal sealed class DockerEngineUnderTest(string network) : IEngine
{
    public (string Name, string Value)[] Settings => [("AGENT_BACKEND", "docker"), ("AGENT_WORKER_NETWORK", network)];

    public static async Task<IEngine> StartAsync(string run)
    {
        await Tool.RunAsync("docker", "network", "create", run);
        return new DockerEngineUnderTest(run);
    }

    public (string Name, string Value) SettingOfSocket(string path) => ("DOCKER_HOST", $"unix://{path}");

    public Task<string> OfferAsync(string image) => Task.FromResult(image);

    public Task<string[]> OwnedAsync(string owner) =>
        Tool.WordsAsync("docker", "ps", "--all", "--quiet", "--filter", $"label=esb.owner={owner}");

    public async ValueTask DisposeAsync() => await Tool.RunAsync("docker", "network", "rm", network);
}
