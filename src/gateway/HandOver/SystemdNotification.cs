using System.Net.Sockets;

namespace Esb.Gateway.HandOver;

/// <summary>Tells systemd how far a service of <c>Type=notify</c> is. Source: sd_notify(3). Elsewhere it tells nobody.</summary>
internal static class SystemdNotification
{
    public const string Ready = "READY=1";
    public const string Stopping = "STOPPING=1";

    public static void Send(string state)
    {
        if (Environment.GetEnvironmentVariable("NOTIFY_SOCKET") is not { Length: > 0 } path)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            // An @ stands for the NUL with which the name of an abstract socket begins: unix(7).
            socket.SendTo(System.Text.Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? "\0" + path[1..] : path));
        }
        catch (SocketException)
        {
            // Whoever wanted to know has gone.
        }
    }
}
