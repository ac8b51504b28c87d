using Esb.AgentProtocol;

namespace Esb.Engine.Tests.Engines;

/// <summary>What a test needs: its own agent on the engine, a session with it and a Runtime API.</summary>
internal sealed class EngineStage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly (string Name, string Value)[] _settings;

    private EngineStage(
        TemporaryFolder folder,
        (string Name, string Value)[] settings,
        string owner,
        FakeRuntimeApi api)
    {
        _folder = folder;
        _settings = settings;
        Owner = owner;
        Api = api;
    }

    /// <summary>The name of the agent, and of the functions that it starts.</summary>
    public string Owner { get; }

    public FakeRuntimeApi Api { get; }

    public RunningAgent Agent { get; private set; } = null!;

    public OpenSession Session { get; private set; } = null!;

    public static async Task<EngineStage> SetAsync(params (string Name, string Value)[] settings)
    {
        var owner = $"t{Guid.NewGuid().ToString("N")[..10]}";
        var stage = new EngineStage(
            new TemporaryFolder(),
            [.. Run.Engine.Settings, ("AGENT_OWNER", owner), .. settings],
            owner,
            await FakeRuntimeApi.StartAsync());
        await stage.StartAgentAsync();
        return stage;
    }

    /// <summary>Starts the first agent, or another one after it.</summary>
    public async Task StartAgentAsync()
    {
        Agent = await RunningAgent.StartAsync(_folder.File("agent.sock"), _settings);
        Session = await OpenSession.OpenAsync(Agent);
    }

    /// <summary>Kills the agent with kill -9, so that it cleans nothing up.</summary>
    public async Task KillAgentAsync()
    {
        await Agent.KillAsync();
        await Session.DisposeAsync();
    }

    public StartWorkerRequest Request(string handler = "app.handler", int memory = 256)
    {
        var request = Session.Request("python3.11", "", handler, Api);
        request.Function = Owner;
        request.Image = Run.Function;
        request.RuntimeApi = $"0.0.0.0:{Api.Port}";
        request.MemorySize = memory;
        return request;
    }

    /// <summary>Starts a worker of the function and waits until it asks for work.</summary>
    public async Task<(string Id, string Address)> WorkerAsync()
    {
        var request = Request();
        var started = await Session.StartAsync(request);
        await Api.AskedAsync(started.Address);
        return (request.WorkerId, started.Address);
    }

    public Task NothingIsLeftAsync() => LeftAsync([]);

    /// <summary>Waits until the agent has exactly these containers.</summary>
    public Task LeftAsync(string[] expected) =>
        Eventually.TrueAsync(async () => (await Run.Engine.OwnedAsync(Owner)).ToHashSet().SetEquals(expected));

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Agent.DisposeAsync();
        await Api.DisposeAsync();
        _folder.Dispose();
    }
}
