using System.Net;

namespace Esb.Host.Settings;

/// <summary>Reads the address that a store listens on.</summary>
public static class ListenText
{
    /// <summary>
    /// Reads <c>IP:PORT</c>, <c>localhost:PORT</c> or <c>:PORT</c>, which means every address of the machine.
    /// </summary>
    /// <returns>The address; null for any other text.</returns>
    public static IPEndPoint? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? "?" : text[..colon];
        var address = host switch
        {
            "" => IPAddress.Any,
            "localhost" => IPAddress.Loopback,
            _ => IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null,
        };
        return address is not null && ushort.TryParse(text.AsSpan(colon + 1), out var port)
            ? new IPEndPoint(address, port)
            : null;
    }
}
