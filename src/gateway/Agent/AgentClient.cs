using Esb.AgentProtocol;
using Esb.Host.Sockets;
using Grpc.Core;
using Grpc.Net.Client;

namespace Esb.Gateway.Agent;

/// <summary>gRPC over the agent's Unix domain socket.</summary>
internal sealed class AgentClient : IDisposable
{
    private readonly GrpcChannel _channel;

    public AgentClient(string socketPath)
    {
        // The name is never looked up: every connection is the socket.
        _channel = GrpcChannel.ForAddress("http://agent", new GrpcChannelOptions { HttpHandler = UnixSocket.HttpHandler(socketPath), DisposeHttpClient = true });
        Calls = new AgentProtocol.Agent.AgentClient(_channel);
    }

    /// <summary>What a person should read when there is no agent.</summary>
    public const string Unreachable = "the agent cannot be reached";

    public AgentProtocol.Agent.AgentClient Calls { get; }

    public void Dispose() => _channel.Dispose();

    /// <summary>What a person should read of a failed call.</summary>
    public static string Reason(RpcException exception) =>
        exception.StatusCode == StatusCode.Unavailable ? Unreachable : exception.Status.Detail;
}
