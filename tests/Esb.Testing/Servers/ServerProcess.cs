using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Esb.Testing.Servers;

/// <summary>A real server on its own port, stopped with the test that started it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = Waits.Longest;

    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
        process.OutputDataReceived += (_, e) => Keep(e.Data);
        process.ErrorDataReceived += (_, e) => Keep(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public int ProcessId => _process.Id;

    public Uri Address => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>
    /// Starts the server and waits until it answers HTTP; uses another port if this one was taken meanwhile.
    /// </summary>
    public static async Task<ServerProcess> StartAsync(ServerStart start, int? port = null)
    {
        for (var tries = 3; ; tries--)
        {
            var server = Run(start, port ?? FreePorts.Take());
            try
            {
                await server.WaitUntilItAnswersAsync();
                return server;
            }
            catch (InvalidOperationException) when (tries > 1 && port is null)
            {
                await server.DisposeAsync();
            }
            catch
            {
                await server.DisposeAsync();
                throw;
            }
        }
    }

    /// <summary>Kills the server with <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the server with SIGTERM, waits until it has ended, and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static ServerProcess Run(ServerStart start, int port)
    {
        var info = new ProcessStartInfo(start.Program, start.Arguments(port))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.Folder ?? Path.GetTempPath(),
        };
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            info.Environment.Remove(name);
        foreach (var (name, value) in start.Environment(port))
            info.Environment[name] = value;
        return new ServerProcess(Process.Start(info)!, port);
    }

    private async Task WaitUntilItAnswersAsync()
    {
        using var client = new HttpClient { Timeout = Waits.Longest };
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException(
                    $"{_process.StartInfo.FileName} ended with {_process.ExitCode}: {Log}");
            try
            {
                using var answer = await client.GetAsync(Address, patience.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.AppendLine(line);
    }
}
