using System.Net;
using System.Net.Sockets;

namespace Esb.Testing.Servers;

/// <summary>
/// Ports without a listener, below the range from which the kernel takes ports for outgoing connections, and never the
/// same one twice in this process.
/// </summary>
public static class FreePorts
{
    private const int First = 12_000;
    private const int Count = 18_000;

    private static int _next = Random.Shared.Next(Count);

    public static int Take()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref _next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Any, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is in use.
            }
        }
    }

    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Take())];
}
