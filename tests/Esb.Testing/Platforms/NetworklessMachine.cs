using System.Diagnostics;
using Esb.Testing.Servers;

namespace Esb.Testing.Platforms;

/// <summary>
/// A network namespace with nothing but a loopback device, and an empty home folder: nothing outside is reachable, and
/// nothing was installed or cached. A process keeps the namespace open, and commands are run in it.
/// </summary>
public sealed class NetworklessMachine : IAsyncDisposable
{
    private readonly Process _holder;

    private NetworklessMachine(Process holder)
    {
        _holder = holder;
        var ports = FreePorts.Take(4);
        GatewayPort = ports[0];
        Settings = new Dictionary<string, string?>
        {
            ["HOME"] = Home,
            ["ESB_STATE_DIR"] = Path.Combine(Home, "state"),
            ["CONFIG_DIR"] = Path.Combine(Home, "config"),
            ["GATEWAY_PORT"] = $"{ports[0]}",
            ["ADMIN_PORT"] = $"{ports[1]}",
            ["RUNTIME_API_PORT"] = $"{ports[2]}",
            ["STORES_PORT"] = $"{ports[3]}",
            ["NO_COLOR"] = "1",
            ["PATH"] = "/usr/bin:" + Environment.GetEnvironmentVariable("PATH"),
        };
    }

    /// <summary>The folder in which its commands run; removed with the machine.</summary>
    public string Home { get; } = Directory.CreateTempSubdirectory("esb-gap-").FullName;

    public int GatewayPort { get; }

    /// <summary>The environment of its commands.</summary>
    public Dictionary<string, string?> Settings { get; }

    /// <summary>Stops what runs in it, before it is removed.</summary>
    public Func<Task> Stop { get; set; } = () => Task.CompletedTask;

    /// <exception cref="InvalidOperationException">This process may not make namespaces.</exception>
    public static async Task<NetworklessMachine> StartAsync()
    {
        const string Hold = "ip link set lo up && echo up && exec sleep infinity";
        var start = new ProcessStartInfo("unshare", ["--net", "sh", "-c", Hold]) { RedirectStandardOutput = true };
        var holder = Process.Start(start)!;
        return await holder.StandardOutput.ReadLineAsync() == "up"
            ? new NetworklessMachine(holder)
            : throw new InvalidOperationException("unshare --net needs root and iproute2");
    }

    /// <summary>Runs a program in it.</summary>
    public Task<CommandResult> RunAsync(string program, params IEnumerable<string> arguments) =>
        Command.RunAsync("nsenter", Inside(program, arguments), Home, Settings);

    /// <summary>Starts a program in it that keeps running; the caller ends it.</summary>
    public Process Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("nsenter", Inside(program, arguments)) { WorkingDirectory = Home };
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs <c>esb</c> in it, and throws if that fails.</summary>
    public async Task<CommandResult> EsbAsync(params string[] arguments)
    {
        var result = await RunAsync(Binaries.Esb, arguments);
        return result.ExitCode == 0
            ? result
            : throw new InvalidOperationException($"esb {string.Join(' ', arguments)}: {result}");
    }

    /// <summary>The answer of its gateway to a request from inside.</summary>
    public async Task<string> GetAsync(string path)
    {
        var url = $"http://127.0.0.1:{GatewayPort}{path}";
        const string Get = "import sys, urllib.request; "
            + "sys.stdout.write(urllib.request.urlopen(sys.argv[1], timeout=60).read().decode())";
        var result = await RunAsync("/usr/bin/python3", "-c", Get, url);
        return result.ExitCode == 0 ? result.Output : throw new InvalidOperationException($"GET {url}: {result}");
    }

    private string[] Inside(string program, IEnumerable<string> arguments) =>
        ["--target", $"{_holder.Id}", "--net", "--", program, .. arguments];

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _holder.Kill();
        await _holder.WaitForExitAsync();
        _holder.Dispose();
        Directory.Delete(Home, recursive: true);
    }
}
