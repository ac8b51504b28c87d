using System.Net;

namespace Esb.Origins;

/// <summary>
/// The host names that requests may use besides addresses, <c>localhost</c> and its subdomains. Any other name in a
/// request's <c>Host</c> may be one that somebody has pointed at this machine so that their page can call it (DNS
/// rebinding). The unspecified address also reaches this machine but does not count as one of its addresses: browsers
/// do not report which page such a request comes from.
/// </summary>
public sealed class AllowedHosts
{
    /// <summary>
    /// The setting: names separated by commas. A name that begins with a dot allows all its subdomains too.
    /// </summary>
    public const string Variable = "ESB_ALLOWED_HOSTS";

    /// <summary>The format of the setting, for messages.</summary>
    public const string Form =
        "names separated by commas, without scheme or port, such as esb.example.com or .s3.example.com";

    private const string Localhost = "localhost";

    private readonly HashSet<string> _names;

    private AllowedHosts(HashSet<string> names) => _names = names;

    /// <summary>No name besides localhost.</summary>
    public static AllowedHosts None { get; } = new([]);

    /// <summary>Reads the setting; null when an entry is not a host name.</summary>
    public static AllowedHosts? TryParse(string? text)
    {
        string[] names = (text ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.TrueForAll(names, name => Uri.CheckHostName(name.TrimStart('.')) != UriHostNameType.Unknown)
            ? None.With(names)
            : null;
    }

    /// <summary>Returns these names together with others.</summary>
    public AllowedHosts With(params IEnumerable<string> names) =>
        new(new HashSet<string>(_names.Concat(names), StringComparer.OrdinalIgnoreCase));

    /// <summary>
    /// Whether a <c>Host</c> header, with or without a port, is an address or one of the allowed names.
    /// </summary>
    public bool Contains(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = NameOf(host);
        if (IsAddress(name) || IsAtOrBelow(name, Localhost) || _names.Contains(name))
            return true;
        return _names.Any(allowed => allowed.StartsWith('.') && IsAtOrBelow(name, allowed[1..]));
    }

    private static bool IsAddress(string name)
    {
        if (!IPAddress.TryParse(name, out var address))
            return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !plain.Equals(IPAddress.Any) && !plain.Equals(IPAddress.IPv6Any);
    }

    private static bool IsAtOrBelow(string name, string parent) =>
        name.EndsWith(parent, StringComparison.OrdinalIgnoreCase)
            && (name.Length == parent.Length || name[^(parent.Length + 1)] == '.');

    // name, name:port, [::1] or [::1]:port; a final dot only marks the name as fully qualified.
    private static string NameOf(string host)
    {
        var colon = host.LastIndexOf(':');
        var hasPort = colon > 0 && (host[colon - 1] == ']' || host.IndexOf(':', StringComparison.Ordinal) == colon);
        return (hasPort ? host[..colon] : host).TrimEnd('.');
    }
}
