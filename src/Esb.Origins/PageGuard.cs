namespace Esb.Origins;

/// <summary>
/// Recognises requests that a foreign page may have made, in the browser of the person who runs the platform. A browser
/// sends the page's origin (Fetch standard, <c>Origin</c>; Fetch Metadata, <c>Sec-Fetch-Site</c>); a page that reaches
/// this machine through DNS rebinding has its own name in <c>Host</c>. Programs send neither of the first two headers,
/// and use an address or a name that they were given.
/// </summary>
/// <param name="hosts">The host names that requests may use.</param>
/// <param name="hasPages">
/// Whether the port serves pages of its own, which may call it. If not, every page is foreign, even one of the same
/// origin: on a port with routes, such a page was sent by a function or by a server that a route forwards to.
/// </param>
public sealed class PageGuard(AllowedHosts hosts, bool hasPages)
{
    private const string OwnOrigin = "a page of this origin is not the platform's and may not send requests";

    /// <summary>Why a request is refused; null when no foreign page can have made it.</summary>
    /// <param name="host">The <c>Host</c> header, empty when it is absent.</param>
    /// <param name="origin">The <c>Origin</c> header, empty when it is absent.</param>
    /// <param name="site">The <c>Sec-Fetch-Site</c> header, empty when it is absent.</param>
    public string? Refusal(string? host, string? origin, string? site)
    {
        if (site is not (null or "" or "none") && !(hasPages && site == "same-origin"))
            return site == "same-origin"
                ? OwnOrigin
                : $"a page of another site may not send requests (Sec-Fetch-Site: {site})";
        if (!string.IsNullOrEmpty(origin) && !(hasPages && IsOwn(origin, host)))
            return IsOwn(origin, host) ? OwnOrigin : "a page of another origin may not send requests";
        return string.IsNullOrEmpty(host) || hosts.Contains(host)
            ? null
            : "the name in Host is not one of this platform: use an address or localhost, "
                + $"or add the name to {AllowedHosts.Variable}";
    }

    private static bool IsOwn(string origin, string? host)
    {
        var scheme = origin.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && origin[(scheme + 3)..].Equals(host, StringComparison.OrdinalIgnoreCase);
    }
}
