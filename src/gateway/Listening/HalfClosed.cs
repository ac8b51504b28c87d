using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Esb.Gateway.Listening;

/// <summary>
/// Serves clients that close their side of the connection after the request and wait for the answer, as <c>nc -N</c>
/// does (allowed by RFC 9112, 9.6). Kestrel treats the end of the input as the end of the connection and discards the
/// answer. Only sending the answer shows whether the client still reads.
/// </summary>
internal static class HalfClosed
{
    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const byte CloseWait = 8;

    /// <summary>The maximum duration of a function.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(15);

    /// <summary>Delays the end of the input until the answer has been sent, at most for the given time.</summary>
    public static Func<ConnectionDelegate, ConnectionDelegate> AtMost(TimeSpan timeout) => next => async connection =>
    {
        using var ended = new CancellationTokenSource();
        using var registration = connection.ConnectionClosed.UnsafeRegister(
            static state => End(state!), new Ending(connection, ended, timeout));
        connection.Features.Set(new ClosedSide(connection.ConnectionClosed));
        connection.ConnectionClosed = ended.Token;
        var (input, output) = (connection.Transport.Input, connection.Transport.Output);
        connection.Transport = new Sides(new DeferredEndReader(input), output);
        await next(connection);
    };

    private static void End(object state)
    {
        var (connection, ended, timeout) = (Ending)state;
        try
        {
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket && IsHalfClosed(socket))
                ended.CancelAfter(timeout);
            else
                ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended normally.
        }
    }

    // .NET does not distinguish the end of the input from the end of the connection. Linux does, in the first byte of
    // TCP_INFO.
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

    private sealed record Ending(ConnectionContext Connection, CancellationTokenSource Ended, TimeSpan Timeout);

    private sealed record Sides(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
