using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Decides who may connect to the Runtime API: local processes, and registered workers at other addresses. Any other
/// connection is closed before a byte is read from it.
/// </summary>
internal sealed class WorkerConnectionFilter(WorkerDirectory directory, WorkerConnections connections)
{
    /// <summary>Serves a worker's connection and closes any other.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection is { LocalEndPoint: IPEndPoint local, RemoteEndPoint: IPEndPoint remote }
            && WorkerIdentity.Of(local.Address, remote.Address) is var address
            && (WorkerIdentity.IsLocal(local.Address)
                || await directory.ResolveAsync(address, connection.ConnectionClosed) is not null))
            await connections.ServeAsync(address, () => next(connection));
        else
            connection.Abort();
    }
}
