using Esb.ObjectStore.Errors;
using Esb.Origins;

namespace Esb.ObjectStore.Server;

/// <summary>
/// Where signatures are asked for, they say who may; a page of any origin may use a presigned URL, as far as the CORS rules of the bucket let it.
/// A store that lets everyone in must at least not let in foreign pages, and whoever a proxy of this machine lets in.
/// </summary>
internal sealed class PageDoor(Settings settings)
{
    private readonly PageGuard? _guard = settings.Credentials is null ? new PageGuard(settings.AllowedHosts, hasPages: true) : null;

    /// <exception cref="S3Exception">AccessDenied: a foreign page may have made the request, or a proxy hands it on.</exception>
    public void Check(HttpRequest request)
    {
        // A preflight changes nothing and tells what the bucket's own rules say.
        if (_guard is null || HttpMethods.IsOptions(request.Method))
            return;
        if (_guard.Refusal(request.Headers.Host.ToString(), request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString()) is { } reason)
            throw AccessErrors.AccessDenied(reason);
        var mark = request.Headers.Keys.FirstOrDefault(ProxyMarks.Contains) ?? (HttpProtocol.IsHttp10(request.Protocol) ? request.Protocol : null);
        if (mark is not null)
            throw AccessErrors.AccessDenied(ProxyMarks.Refusal(mark));
    }
}
