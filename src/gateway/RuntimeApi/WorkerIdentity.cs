using System.Net;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Who speaks on a connection: local processes are told apart by the loopback address that they connect to, containers by the address
/// they come from.
/// </summary>
internal static class WorkerIdentity
{
    public static string Of(IPAddress? local, IPAddress? remote) => IsLocal(local) ? Plain(local) : Plain(remote);

    /// <summary>Whether it is the connection of a process of this machine.</summary>
    public static bool IsLocal(IPAddress? local) => local is not null && IPAddress.IsLoopback(local);

    // A socket of both families shows IPv4 addresses as IPv6 ones.
    private static string Plain(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };
}
