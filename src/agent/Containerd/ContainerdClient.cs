using System.Net.Sockets;
using Esb.Agent.Backends;
using Esb.Host.Sockets;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Esb.Agent.Containerd;

/// <summary>gRPC calls to containerd over its socket, in the agent's namespace.</summary>
internal sealed class ContainerdClient : IDisposable
{
    private const string NamespaceHeader = "containerd-namespace";
    private const string LeaseHeader = "containerd-lease";

    private readonly string _socket;
    private readonly GrpcChannel _channel;

    public ContainerdClient(string socket)
    {
        _socket = socket;
        var handler = UnixSocket.HttpHandler(_socket);
        // The host name is never resolved: every connection is to the socket.
        _channel = GrpcChannel.ForAddress(
            "http://containerd", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        Calls = new ContainerdCalls(_channel.CreateCallInvoker()
            .Intercept(metadata => With(metadata, NamespaceHeader, ContainerdSettings.Namespace)));
    }

    public ContainerdCalls Calls { get; }

    public void Dispose() => _channel.Dispose();

    /// <summary>
    /// Calls under a lease: containerd's garbage collector keeps what they create for as long as the lease exists.
    /// </summary>
    public ContainerdCalls Leased(string lease) => new(_channel.CreateCallInvoker()
        .Intercept(
            metadata => With(With(metadata, NamespaceHeader, ContainerdSettings.Namespace), LeaseHeader, lease)));

    /// <summary>Runs something that calls containerd.</summary>
    /// <exception cref="EngineUnavailableException">containerd is not running, or the connection was lost.</exception>
    /// <exception cref="EngineRefusedException">containerd answered with an error.</exception>
    public async Task<T> CallAsync<T>(Func<Task<T>> talk)
    {
        try
        {
            return await talk();
        }
        catch (RpcException e)
        {
            throw Translate(e);
        }
    }

    /// <summary>
    /// Runs a call without a result. Returns false, and throws nothing, when containerd answers "not found".
    /// </summary>
    public async Task<bool> TryCallAsync(Func<Task> talk)
    {
        try
        {
            await talk();
            return true;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
        catch (RpcException e)
        {
            throw Translate(e);
        }
    }

    private Exception Translate(RpcException exception)
    {
        Exception? cause = exception.Status.DebugException;
        while (cause is not (null or SocketException) && cause.InnerException is not null)
            cause = cause.InnerException;
        if (cause is null && exception.StatusCode != StatusCode.Unavailable)
            return new EngineRefusedException(exception.Status.Detail);
        return new EngineUnavailableException((cause as SocketException)?.SocketErrorCode switch
        {
            SocketError.AccessDenied => $"no permission on {_socket}: esb-agent must run as the user or in the group "
                + "that the socket belongs to",
            SocketError.ConnectionRefused =>
                $"no containerd answers on {_socket}: start it (runtime-node), or set CONTAINERD_ADDRESS to its socket",
            _ when !File.Exists(_socket) =>
                $"there is no {_socket}: start containerd (runtime-node), or set CONTAINERD_ADDRESS to its socket",
            _ => $"the connection to containerd on {_socket} was lost: {cause?.Message ?? exception.Status.Detail}",
        });
    }

    private static Metadata With(Metadata metadata, string name, string value)
    {
        metadata.Add(name, value);
        return metadata;
    }
}
