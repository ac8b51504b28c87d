using Esb.AgentProtocol;
using Esb.Host.Sockets;
using Grpc.Core;
using Grpc.Net.Client;

namespace Esb.Gateway.Agent;

/// <summary>The gRPC client of the agent, over a Unix domain socket.</summary>
internal sealed class AgentClient : IDisposable
{
    private readonly GrpcChannel _channel;

    public AgentClient(string socketPath)
    {
        // The name is never resolved: every connection goes to the socket.
        _channel = GrpcChannel.ForAddress(
            "http://agent",
            new GrpcChannelOptions { HttpHandler = UnixSocket.HttpHandler(socketPath), DisposeHttpClient = true });
        Calls = new AgentProtocol.Agent.AgentClient(_channel);
    }

    /// <summary>The message for users when the agent cannot be reached.</summary>
    public const string Unreachable = "the agent cannot be reached";

    public AgentProtocol.Agent.AgentClient Calls { get; }

    public void Dispose() => _channel.Dispose();

    /// <summary>The message for users when a call failed.</summary>
    public static string Reason(RpcException exception) =>
        exception.StatusCode == StatusCode.Unavailable ? Unreachable : exception.Status.Detail;
}
