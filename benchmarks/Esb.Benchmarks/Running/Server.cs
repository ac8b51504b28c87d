using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Esb.Benchmarks.Load;

namespace Esb.Benchmarks.Running;

/// <summary>A server process on a port, stopped when disposed.</summary>
internal sealed class Server : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private Server(Process process, int port, double startMilliseconds)
    {
        _process = process;
        Port = port;
        StartMilliseconds = startMilliseconds;
    }

    public int Port { get; }

    public int Pid => _process.Id;

    /// <summary>The time from the start of the process to its first answer, in milliseconds.</summary>
    public double StartMilliseconds { get; }

    /// <summary>The resident memory, in MiB.</summary>
    public double ResidentMemory => Resident(Pid);

    public static double Resident(int pid)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(
            line.AsSpan("VmRSS:".Length, line.Length - "VmRSS:".Length - 2),
            CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Starts a program and waits until it answers.</summary>
    /// <param name="readyPath">
    /// A path whose answer is 200 when the server is ready; null if it answers nothing by itself.
    /// </param>
    public static Server Start(
        string program,
        string[] arguments,
        IReadOnlyDictionary<string, string> environment,
        int port,
        string? readyPath)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment)
            start.Environment[key] = value;
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        var said = new List<string>();
        process.OutputDataReceived += (_, e) => Keep(said, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(said, e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (readyPath is not null && !Answers(port, readyPath))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
            {
                process.Kill();
                throw new InvalidOperationException(
                    $"{Path.GetFileName(program)} did not come up: {string.Join(" ", said)}");
            }

            Thread.Sleep(1);
        }

        return new Server(process, port, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{Pid}"]))
            kill.WaitForExit();
        if (!_process.WaitForExit(10_000))
            _process.Kill();
        _process.Dispose();
    }

    private static void Keep(List<string> said, string? line)
    {
        lock (said)
        {
            if (line is not null && said.Count < 20)
                said.Add(line);
        }
    }

    private static bool Answers(int port, string path)
    {
        try
        {
            using var client = new RawClient(port);
            return client.Get(path) == 200;
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
