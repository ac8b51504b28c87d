using System.Globalization;
using System.Net;

namespace Esb.Agent.Backends;

/// <summary>The address of the gateway's Runtime API, as seen from a worker.</summary>
/// <param name="Host">A name or an address; IPv6 in brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record RuntimeApiAddress(string Host, int Port)
{
    /// <summary>Whether the host is a wildcard, which only says that the gateway listens on every address.</summary>
    public bool IsAnywhere => IPAddress.TryParse(Host.Trim('[', ']'), out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    /// <exception cref="CannotStartException">The text is not host:port.</exception>
    public static RuntimeApiAddress Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue
            ? new RuntimeApiAddress(text[..colon], port)
            : throw new CannotStartException($"runtime_api is '{text}'; it must be host:port");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
