namespace Esb.Origins;

/// <summary>
/// Header fields that proxies, load balancers and content delivery networks add to the requests that they forward.
/// Behind a proxy on this machine every request comes from loopback, so a request with one of these fields does not
/// count as local. Programs and SDKs send none of them.
/// </summary>
public static class ProxyMarks
{
    /// <summary>Complete names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        // RFC 7239, RFC 9110 (7.6.3), RFC 8586; what clients send to proxies.
        "Forwarded", "Via", "CDN-Loop", "Proxy-Connection",
        // nginx, HAProxy, Apache, Squid, Varnish, WebLogic, IIS and compatible servers.
        "X-Real-IP", "X-Client-IP", "Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-Ip", "X-Varnish", "X-Scheme",
        "Front-End-Https", "X-Rewrite-URL", "X-Coming-From", "Proxy-Client-IP", "WL-Proxy-Client-IP", "Z-Forwarded-For",
        "X-BlueCoat-Via", "Xroxy-Connection", "X-Replaced-Path",
        // Content delivery networks and clouds.
        "True-Client-IP", "Incap-Client-IP", "X-Sucuri-ClientIP", "X-Appengine-User-IP", "X-Amz-Cf-Id",
        "X-Cloud-Trace-Context",
    ];

    /// <summary>Prefixes of further names.</summary>
    public static IReadOnlyList<string> Prefixes { get; } =
    [
        "X-Forwarded", "X-Original-", "X-Envoy-", "X-Proxy-", "X-ARR-", "X-Traefik-", "CF-", "CDN-", "CloudFront-",
        "Fastly-", "Akamai-", "X-Akamai-", "X-Azure-", "Fly-", "Ali-CDN-", "Tailscale-",
    ];

    private static readonly HashSet<string> Whole = new(Names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns why a request is refused.</summary>
    /// <param name="mark">The header field that shows that the request came through a proxy.</param>
    public static string Refusal(string mark) =>
        $"a request that a proxy passes on does not come from this machine ({mark})";

    /// <summary>Whether proxies add this field.</summary>
    public static bool Contains(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Whole.Contains(name))
            return true;
        foreach (var prefix in Prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
