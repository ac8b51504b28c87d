namespace Esb.Benchmarks.Running;

/// <summary>A published agent and a published gateway, with their own folders and ports.</summary>
internal sealed class Platform : IDisposable
{
    private readonly Server _agent;

    /// <param name="setting">Where the binaries are.</param>
    /// <param name="functions">The content of functions.yml.</param>
    /// <param name="routing">The content of routing.yml.</param>
    /// <param name="interval">The value of CONFIG_RELOAD_INTERVAL.</param>
    public Platform(Setting setting, string functions, string routing, string interval = "1s")
    {
        Folder = Directory.CreateTempSubdirectory("esb-bench-").FullName;
        Configuration = Directory.CreateDirectory(Path.Combine(Folder, "config")).FullName;
        WriteFunctions(functions);
        WriteRouting(routing);
        var socket = Path.Combine(Folder, "agent.sock");
        var environment = new Dictionary<string, string>
        {
            ["AGENT_ADDRESS"] = socket,
            ["AGENT_BACKEND"] = "process",
            ["AGENT_STATE_DIR"] = Path.Combine(Folder, "agent"),
            ["LOG_DIR"] = Path.Combine(Folder, "logs"),
            ["RUNTIME_CONFIG_DIR"] = Configuration,
            ["CONFIG_RELOAD_INTERVAL"] = interval,
            ["PATH"] = "/usr/bin:" + Environment.GetEnvironmentVariable("PATH"),
        };
        _agent = Server.Start(setting.Binary("esb-agent"), [], environment, 0, null);
        while (!File.Exists(socket))
            Thread.Sleep(1);
        var port = Server.FreePort();
        environment["GATEWAY_LISTEN"] = $"127.0.0.1:{port}";
        environment["RUNTIME_API_LISTEN"] = $":{Server.FreePort()}";
        AdminPort = Server.FreePort();
        environment["ADMIN_LISTEN"] = $"127.0.0.1:{AdminPort}";
        Gateway = Server.Start(setting.Binary("esb-gateway"), [], environment, port, "/health");
    }

    public string Folder { get; }

    public string Configuration { get; }

    public Server Gateway { get; }

    public int AdminPort { get; }

    public double AgentMemory => _agent.ResidentMemory;

    public int AgentPid => _agent.Pid;

    public void WriteFunctions(string text) => Replace("functions.yml", text);

    public void WriteRouting(string text) => Replace("routing.yml", text);

    public void Dispose()
    {
        Gateway.Dispose();
        _agent.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Replace(string name, string text)
    {
        var path = Path.Combine(Configuration, name);
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
