using Esb.ObjectStore.Errors;
using Esb.Origins;

namespace Esb.ObjectStore.Server;

/// <summary>
/// With credentials, signatures control access, and pages of any origin may use presigned URLs as far as the bucket's
/// CORS rules allow. A store without credentials must at least refuse foreign pages and requests that a proxy on this
/// machine forwards.
/// </summary>
internal sealed class OriginCheck(Settings settings)
{
    private readonly PageGuard? _guard =
        settings.Credentials is null ? new PageGuard(settings.AllowedHosts, hasPages: true) : null;

    /// <exception cref="S3Exception">
    /// AccessDenied: a foreign page may have made the request, or a proxy forwarded it.
    /// </exception>
    public void Check(HttpRequest request)
    {
        // A preflight changes nothing and only returns the bucket's own rules.
        if (_guard is null || HttpMethods.IsOptions(request.Method))
            return;
        if (_guard.Refusal(
            request.Headers.Host.ToString(),
            request.Headers.Origin.ToString(),
            request.Headers["Sec-Fetch-Site"].ToString()) is { } reason)
            throw AccessErrors.AccessDenied(reason);
        var mark = request.Headers.Keys.FirstOrDefault(ProxyMarks.Contains)
            ?? (HttpProtocol.IsHttp10(request.Protocol) ? request.Protocol : null);
        if (mark is not null)
            throw AccessErrors.AccessDenied(ProxyMarks.Refusal(mark));
    }
}
