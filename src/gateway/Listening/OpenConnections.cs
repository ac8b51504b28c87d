using Microsoft.AspNetCore.Connections;

namespace Esb.Gateway.Listening;

/// <summary>Counts the open connections of a port.</summary>
internal sealed class OpenConnections
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _count);
        try
        {
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    };
}
