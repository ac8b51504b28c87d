using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Esb.Gateway.Listening;

/// <summary>
/// A client may close its side of the connection behind its request and wait for the answer, as <c>nc -N</c> does (RFC 9112, 9.6, asks no more of
/// it). Kestrel takes the end of what it reads for the end of the connection, and throws the answer away. Whether anybody is left shows when the
/// answer is sent.
/// </summary>
internal static class HalfClosed
{
    // As long as a function may run.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The connection with an end that waits for the answer.</summary>
    public static ConnectionDelegate Around(ConnectionDelegate next) => async connection =>
    {
        using var ended = new CancellationTokenSource();
        using var registration = connection.ConnectionClosed.UnsafeRegister(static state => End(state!), (connection, ended));
        connection.ConnectionClosed = ended.Token;
        await next(connection);
    };

    private static void End(object state)
    {
        var (connection, ended) = ((ConnectionContext, CancellationTokenSource))state;
        try
        {
            // A connection that was reset is no more; at the end of what is read the socket is connected still.
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket.Connected == true)
                ended.CancelAfter(Longest);
            else
                ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended in the ordinary way.
        }
    }
}
