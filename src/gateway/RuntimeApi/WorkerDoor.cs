using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Who may connect to the Runtime API at all: processes of this machine, and from outside nobody but registered workers. Anybody
/// else is hung up on before a byte is read.
/// </summary>
internal sealed class WorkerDoor(WorkerDirectory directory, WorkerConnections connections)
{
    /// <summary>Serves the connection of a worker, and closes any other.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        if (connection is { LocalEndPoint: IPEndPoint local, RemoteEndPoint: IPEndPoint remote }
            && WorkerIdentity.Of(local.Address, remote.Address) is var address
            && (WorkerIdentity.IsLocal(local.Address) || await directory.ResolveAsync(address, connection.ConnectionClosed) is not null))
            await connections.ServeAsync(address, () => next(connection));
        else
            connection.Abort();
    }
}
