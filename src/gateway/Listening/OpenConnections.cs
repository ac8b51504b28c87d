using Microsoft.AspNetCore.Connections;

namespace Esb.Gateway.Listening;

/// <summary>Counts the open connections of a port.</summary>
internal sealed class OpenConnections
{
    private int _count;
    private long _begun;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The number of connections whose serving has begun, including those that have ended.</summary>
    public long Begun => Interlocked.Read(ref _begun);

    public ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref _count);
        try
        {
            var serving = next(connection);
            Interlocked.Increment(ref _begun);
            await serving;
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    };
}
