namespace Esb.Origins;

/// <summary>
/// Tells requests that a page of somebody else may have made, in the browser of whoever runs the platform, from all others. A browser says
/// where a page is from (Fetch standard, <c>Origin</c>; Fetch Metadata, <c>Sec-Fetch-Site</c>); a page that was led here by a name of its own says
/// so in <c>Host</c>. Programs send none of the first two, and an address or a name that they were given.
/// </summary>
/// <param name="hosts">The names by which the platform may be asked.</param>
/// <param name="hasPages">
/// The port serves pages of its own, which may ask it. Without them every page is somebody else's, also one of the same origin: on a port with
/// routes that is whatever a function, or a server that a route leads to, has sent.
/// </param>
public sealed class PageGuard(AllowedHosts hosts, bool hasPages)
{
    private const string OwnOrigin = "a page of this origin is not the platform's and may not ask";

    /// <summary>Why a request is refused; null when no foreign page can have made it.</summary>
    /// <param name="host">The header, empty where there is none.</param>
    /// <param name="origin">The same.</param>
    /// <param name="site">The header <c>Sec-Fetch-Site</c>.</param>
    public string? Refusal(string? host, string? origin, string? site)
    {
        if (site is not (null or "" or "none") && !(hasPages && site == "same-origin"))
            return site == "same-origin" ? OwnOrigin : $"a page of another site may not ask (Sec-Fetch-Site: {site})";
        if (!string.IsNullOrEmpty(origin) && !(hasPages && IsOwn(origin, host)))
            return IsOwn(origin, host) ? OwnOrigin : "a page of another origin may not ask";
        return string.IsNullOrEmpty(host) || hosts.Contains(host)
            ? null
            : $"the name in Host is not one of this platform: ask by address or localhost, or add the name to {AllowedHosts.Variable}";
    }

    private static bool IsOwn(string origin, string? host)
    {
        var scheme = origin.IndexOf("://", StringComparison.Ordinal);
        return scheme > 0 && origin[(scheme + 3)..].Equals(host, StringComparison.OrdinalIgnoreCase);
    }
}
