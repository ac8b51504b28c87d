using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using Esb.Host.Processes;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary>
/// Reads which user's process is at the other end of a local connection. Source: proc(5), /proc/net/tcp: addresses in
/// hexadecimal, the user in field 7.
/// </summary>
internal static class PeerUser
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>
    /// Whether the other end is a process of this process's user or of root. False when that cannot be determined,
    /// because the other end is on another machine or in another network namespace.
    /// </summary>
    public static bool IsOurs(ConnectionInfo connection)
    {
        if (connection is not { RemoteIpAddress: { } remote, LocalIpAddress: { } local })
            return false;
        var (far, near) = (Spellings(remote, connection.RemotePort), Spellings(local, connection.LocalPort));
        foreach (var line in Tables.Where(File.Exists).SelectMany(File.ReadLines))
        {
            // A line describes the other end, so its local address is our remote address.
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 7
                && far.Contains(fields[1])
                && near.Contains(fields[2])
                && uint.TryParse(fields[7], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
                return user == 0 || user == CurrentUser.Id;
        }

        return false;
    }

    // An IPv4 connection on an IPv6 socket is in the IPv6 table, under a mapped address.
    private static string[] Spellings(IPAddress address, int port) =>
        address.IsIPv4MappedToIPv6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? [Spelling(address.MapToIPv4(), port), Spelling(address.MapToIPv6(), port)]
            : [Spelling(address, port)];

    // Formats four bytes at a time, as a number in this machine's byte order.
    private static string Spelling(IPAddress address, int port)
    {
        var words = MemoryMarshal.Cast<byte, uint>(address.GetAddressBytes());
        var text = string.Concat(words.ToArray().Select(w => w.ToString("X8", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{text}:{port:X4}");
    }
}
