using System.Globalization;

namespace Esb.Origins;

/// <summary>
/// The <c>Host</c> header as it was sent. ASP.NET Core's own property decodes internationalised names, so that they
/// differ from what the client, AWS or another server writes, and it throws for invalid ones.
/// </summary>
public static class HostHeader
{
    /// <summary>The name or address, without the port.</summary>
    public static string NameOf(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (host.StartsWith('['))
            return host.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? host[..(end + 1)] : host;
        // More than one colon: an IPv6 address without brackets.
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon == host.LastIndexOf(':') ? host[..colon] : host;
    }

    /// <summary>The port; null if the header does not name one.</summary>
    public static int? PortOf(string host)
    {
        var rest = host.AsSpan(NameOf(host).Length);
        return rest.Length > 1
            && rest[0] == ':'
            && ushort.TryParse(rest[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : null;
    }
}
