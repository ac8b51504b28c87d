using System.IO.Pipelines;
using System.Net.Sockets;
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
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const byte CloseWait = 8;

    /// <summary>As long as a function may run.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The connection with an end that waits for the answer, at most so long.</summary>
    public static Func<ConnectionDelegate, ConnectionDelegate> AtMost(TimeSpan patience) => next => async connection =>
    {
        using var ended = new CancellationTokenSource();
        using var registration = connection.ConnectionClosed.UnsafeRegister(static state => End(state!), new Ending(connection, ended, patience));
        connection.Features.Set(new ClosedSide(connection.ConnectionClosed));
        connection.ConnectionClosed = ended.Token;
        connection.Transport = new Sides(new UnhurriedEnd(connection.Transport.Input), connection.Transport.Output);
        await next(connection);
    };

    private static void End(object state)
    {
        var (connection, ended, patience) = (Ending)state;
        try
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket && IsHalfClosed(socket))
                ended.CancelAfter(patience);
            else
                ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection has ended in the ordinary way.
        }
    }

    // .NET does not tell the end of what is read from the end of the connection; Linux does, in the first byte of what it knows of it.
    private static bool IsHalfClosed(Socket socket)
    {
        try
        {
            Span<byte> state = stackalloc byte[1];
            return socket.GetRawSocketOption(Tcp, TcpInfo, state) == 1 && state[0] == CloseWait;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed record Ending(ConnectionContext Connection, CancellationTokenSource Ended, TimeSpan Patience);

    private sealed record Sides(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
