using Esb.Origins;
using Esb.Stores.Errors;

namespace Esb.Stores.Server;

/// <summary>
/// Protects stores without credentials. With credentials, signatures determine who may call, and pages of any origin
/// may use presigned URLs as far as the CORS rules of the bucket allow. Without them, requests from foreign pages, and
/// requests that a proxy on this machine forwards, must at least be rejected.
/// </summary>
internal sealed class OriginCheck(StoresSettings settings)
{
    private readonly PageGuard? _pages = Guard(settings, hasPages: true);
    private readonly PageGuard? _noPages = Guard(settings, hasPages: false);

    /// <param name="request">The request.</param>
    /// <param name="servesPages">
    /// Whether the service of the request has pages, which may call it; and CORS rules, which preflights ask for.
    /// </param>
    /// <exception cref="RequestException">A page or a proxy may have sent the request.</exception>
    public void Check(HttpRequest request, bool servesPages)
    {
        // A preflight changes nothing and only returns the bucket's own rules.
        if ((servesPages ? _pages : _noPages) is not { } guard
            || (servesPages && HttpMethods.IsOptions(request.Method)))
            return;
        if (guard.Refusal(
            request.Headers.Host.ToString(),
            request.Headers.Origin.ToString(),
            request.Headers["Sec-Fetch-Site"].ToString()) is { } reason)
            throw RequestException.Denied(reason);
        var mark = request.Headers.Keys.FirstOrDefault(ProxyMarks.Contains)
            ?? (HttpProtocol.IsHttp10(request.Protocol) ? request.Protocol : null);
        if (mark is not null)
            throw RequestException.Denied(ProxyMarks.Refusal(mark));
    }

    private static PageGuard? Guard(StoresSettings settings, bool hasPages) =>
        settings.Credentials is null ? new PageGuard(settings.AllowedHosts, hasPages) : null;
}
