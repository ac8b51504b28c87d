using System.Diagnostics;
using System.Net.Sockets;
using Grpc.Net.Client;

namespace Esb.Testing.Agents;

/// <summary>
/// A real agent, started from its executable and called over its own socket. The variable ESB_AGENT names another
/// build.
/// </summary>
public sealed class RunningAgent : IAsyncDisposable
{
    private readonly Process _process;
    private readonly GrpcChannel _channel;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private RunningAgent(Process process, string socket)
    {
        _process = process;
        Socket = socket;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        _channel = GrpcChannel.ForAddress(
            "http://agent", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        Calls = new AgentProtocol.Agent.AgentClient(_channel);
    }

    public static string Executable { get; } =
        Environment.GetEnvironmentVariable("ESB_AGENT") is { Length: > 0 } named
            ? named
            : Path.Combine(AppContext.BaseDirectory, "esb-agent");

    public string Socket { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public AgentProtocol.Agent.AgentClient Calls { get; }

    /// <summary>Starts an agent and waits until it answers.</summary>
    public static async Task<RunningAgent> StartAsync(string socket, params (string Name, string Value)[] environment)
    {
        var agent = new RunningAgent(Launch(socket, environment), socket);
        await Eventually.TrueAsync(() => agent.HasExited || Answers(socket));
        if (agent.HasExited)
            throw new InvalidOperationException($"the agent did not start: {await agent._output}{await agent._error}");
        return agent;
    }

    /// <summary>Starts an agent that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(
        string socket,
        params (string Name, string Value)[] environment)
    {
        using var process = Launch(socket, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await output;
        await process.WaitForExitAsync();
        return (process.ExitCode, error);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the agent to end and waits until it has.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start(
            "kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async Task<string> LogAsync() => await _output + await _error;

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        if (!_process.HasExited)
            await TerminateAsync();
        _process.Dispose();
    }

    private static Process Launch(string socket, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AGENT_ADDRESS"] = socket;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static bool Answers(string socket)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
