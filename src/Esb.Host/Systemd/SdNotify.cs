using System.Net.Sockets;
using System.Text;

namespace Esb.Host.Systemd;

/// <summary>
/// Reports the state of this process to the service manager that started it. Source: sd_notify(3). Without a service
/// manager nothing is reported. A failure to report is no reason to stop serving, because the manager notices it
/// anyway.
/// </summary>
public static class SdNotify
{
    // Read once, because child processes must not report for this one.
    private static readonly string? Address = Take("NOTIFY_SOCKET");

    /// <summary>Reports that this process is serving, so that units ordered after it may start.</summary>
    public static void Ready() => Tell("READY=1");

    /// <summary>Reports that this process was asked to stop and is draining.</summary>
    public static void Stopping() => Tell("STOPPING=1");

    private static void Tell(string state)
    {
        if (Address is null)
            return;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(Path(Address)));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            Console.Error.WriteLine($"NOTIFY_SOCKET is '{Address}': {e.Message}");
        }
    }

    // unix(7): an address in the abstract namespace begins with a zero byte, which an environment variable cannot
    // contain.
    private static string Path(string address) => address[0] == '@' ? "\0" + address[1..] : address;

    private static string? Take(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        return string.IsNullOrEmpty(value) ? null : value;
    }
}
