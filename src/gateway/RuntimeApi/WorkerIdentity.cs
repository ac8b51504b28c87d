using System.Net;

namespace Esb.Gateway.RuntimeApi;

/// <summary>
/// Identifies the worker on a connection: local processes by the loopback address that they connect to, containers by
/// their own address.
/// </summary>
internal static class WorkerIdentity
{
    public static string Of(IPAddress? local, IPAddress? remote) => IsLocal(local) ? Plain(local) : Plain(remote);

    /// <summary>Whether the connection comes from a local process.</summary>
    public static bool IsLocal(IPAddress? local) => local is not null && IPAddress.IsLoopback(local);

    // A dual-stack socket shows IPv4 addresses as IPv6 ones.
    private static string Plain(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        _ => address.ToString(),
    };
}
