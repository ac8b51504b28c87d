namespace Esb.Agent.Tests.Driving;

/// <summary>The fixture of most tests: a folder, an agent with a session, and a Runtime API.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(TemporaryFolder folder, RunningAgent agent, FakeRuntimeApi api, OpenSession session)
    {
        Folder = folder;
        Agent = agent;
        Api = api;
        Session = session;
    }

    public TemporaryFolder Folder { get; }

    public RunningAgent Agent { get; }

    public FakeRuntimeApi Api { get; }

    public OpenSession Session { get; }

    public static async Task<Stage> SetAsync(params (string Name, string Value)[] environment)
    {
        var folder = new TemporaryFolder();
        var agent = await RunningAgent.StartAsync(folder.File("agent.sock"), environment);
        return new Stage(folder, agent, await FakeRuntimeApi.StartAsync(), await OpenSession.OpenAsync(agent));
    }

    /// <summary>Starts a Python function that is one file.</summary>
    public Task<Worker> PythonAsync(string code) => StartAsync("python3.12", "app.py", code, "app.handler");

    /// <summary>Starts a Node function that is one file.</summary>
    public Task<Worker> NodeAsync(string code, string file = "index.js") =>
        StartAsync("nodejs20.x", file, code, "index.handler");

    /// <summary>Starts a function with its own bootstrap.</summary>
    public Task<Worker> ShellAsync(string code) =>
        StartAsync("provided.al2023", "bootstrap", "#!/bin/sh\n" + code, "any.thing");

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await Agent.DisposeAsync();
        await Api.DisposeAsync();
        Folder.Dispose();
    }

    private async Task<Worker> StartAsync(string runtime, string file, string code, string handler)
    {
        var folder = Folder.Folder(Guid.NewGuid().ToString("N"), file, code, executable: true);
        var request = Session.Request(runtime, folder, handler, Api);
        var response = await Session.StartAsync(request);
        return new Worker(request.WorkerId, response.Address, response.Description);
    }

    internal sealed record Worker(string Id, string Address, string Description)
    {
        public int ProcessId =>
            int.Parse(Description.Split(' ', ',')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
