namespace Esb.Origins;

/// <summary>
/// The fields that proxies, balancers and content networks add to the requests that they hand on. Behind one on this machine all the world comes
/// from loopback, so that a request with one of them is not taken for one of this machine. Programs and SDKs send none of them.
/// </summary>
public static class ProxyMarks
{
    /// <summary>Whole names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        // RFC 7239, RFC 9110 (7.6.3), RFC 8586; what clients send to proxies.
        "Forwarded", "Via", "CDN-Loop", "Proxy-Connection",
        // nginx, HAProxy, Apache, Squid, Varnish, WebLogic, IIS and their imitators.
        "X-Real-IP", "X-Client-IP", "Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-Ip", "X-Varnish", "X-Scheme", "Front-End-Https", "X-Rewrite-URL", "X-Coming-From",
        "Proxy-Client-IP", "WL-Proxy-Client-IP", "Z-Forwarded-For", "X-BlueCoat-Via", "Xroxy-Connection", "X-Replaced-Path",
        // Content networks and clouds.
        "True-Client-IP", "Incap-Client-IP", "X-Sucuri-ClientIP", "X-Appengine-User-IP", "X-Amz-Cf-Id", "X-Cloud-Trace-Context",
    ];

    /// <summary>How names of the others begin.</summary>
    public static IReadOnlyList<string> Prefixes { get; } =
    [
        "X-Forwarded", "X-Original-", "X-Envoy-", "X-Proxy-", "X-ARR-", "X-Traefik-", "CF-", "CDN-", "CloudFront-", "Fastly-", "Akamai-", "X-Akamai-", "X-Azure-", "Fly-",
        "Ali-CDN-", "Tailscale-",
    ];

    private static readonly HashSet<string> Whole = new(Names, StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a request is refused.</summary>
    /// <param name="mark">What shows that it came through a proxy.</param>
    public static string Refusal(string mark) => $"a request that a proxy hands on is not one of this machine ({mark})";

    /// <summary>Whether a field is one of them.</summary>
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
