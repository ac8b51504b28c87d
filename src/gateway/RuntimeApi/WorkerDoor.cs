using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Who may connect to the Runtime API at all: processes of this machine, and from outside nobody but registered workers. Anybody
/// else is hung up on before a byte is read.
/// </summary>
internal sealed class WorkerDoor(WorkerDirectory directory)
{
    public async ValueTask<bool> AcceptAsync(ConnectionContext connection)
    {
        if (connection.LocalEndPoint is not IPEndPoint local || connection.RemoteEndPoint is not IPEndPoint remote)
            return false;
        return WorkerIdentity.IsLocal(local.Address)
            || await directory.ResolveAsync(WorkerIdentity.Of(local.Address, remote.Address), connection.ConnectionClosed) is not null;
    }
}
