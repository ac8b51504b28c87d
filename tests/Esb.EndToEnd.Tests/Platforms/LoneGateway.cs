using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Esb.Testing.Servers;

namespace Esb.EndToEnd.Tests.Platforms;

/// <summary>The published gateway without agent and stores, for tests of its ports, signals and settings.</summary>
internal sealed class LoneGateway : IAsyncDisposable
{
    private readonly int[] _ports = FreePorts.Take(3);

    public LoneGateway(params (string Name, string Value)[] settings)
    {
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_ports[0]}"), Timeout = Waits.Longest };
        var start = new ProcessStartInfo(Path.Combine(Binaries.Folder, "esb-gateway"));
        start.Environment["GATEWAY_LISTEN"] = $"127.0.0.1:{_ports[0]}";
        start.Environment["ADMIN_LISTEN"] = $"127.0.0.1:{_ports[1]}";
        start.Environment["RUNTIME_API_LISTEN"] = $"127.0.0.1:{_ports[2]}";
        start.Environment["AGENT_ADDRESS"] = Path.Combine(Folder, "agent.sock");
        start.Environment["RUNTIME_CONFIG_DIR"] = Folder;
        start.Environment["BAKED_CONFIG_DIR"] = Folder;
        start.Environment["ASYNC_DIR"] = Path.Combine(Folder, "async");
        Directory.CreateDirectory(Path.Combine(Folder, "logs"));
        foreach (var (name, value) in settings)
            start.Environment[name] = value.Replace("{folder}", Folder, StringComparison.Ordinal);
        Process = Process.Start(start)!;
    }

    /// <summary>The folder of the configuration; removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("esb-gateway-").FullName;

    public int Port => _ports[0];

    public int AdminPort => _ports[1];

    public int RuntimeApiPort => _ports[2];

    public Process Process { get; }

    public HttpClient Client { get; }

    public Task ReadyAsync() => Eventually.TrueAsync(async () => await StatusAsync() == HttpStatusCode.OK);

    /// <summary>The status of <c>/health</c>; null if there is no answer.</summary>
    public Task<HttpStatusCode?> StatusAsync() => Health.StatusAsync(Client);

    /// <summary>The number of functions that are served.</summary>
    public async Task<int> FunctionsAsync()
    {
        using var status = JsonDocument.Parse(await Client.GetStringAsync(new Uri("/health", UriKind.Relative)));
        return status.RootElement.GetProperty("configuration").GetProperty("functions").GetInt32();
    }

    public Task SignalAsync(string name) => PlatformProcesses.SignalAsync(Process.Id, name);

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
            Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
        Client.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
