using Esb.Origins;
using Esb.Tables.Errors;

namespace Esb.Stores.Server;

/// <summary>
/// Protects stores without credentials. With credentials, signatures determine who may call. Without them, requests
/// from foreign pages, and requests that a proxy on this machine forwards, must at least be rejected.
/// </summary>
internal sealed class OriginCheck(StoresSettings settings)
{
    private readonly PageGuard? _guard =
        settings.Credentials is null ? new PageGuard(settings.AllowedHosts, hasPages: false) : null;

    /// <exception cref="TableException">
    /// An AccessDeniedException: a page or a proxy may have sent the request.
    /// </exception>
    public void Check(HttpRequest request)
    {
        if (_guard is null)
            return;
        if (_guard.Refusal(
            request.Headers.Host.ToString(),
            request.Headers.Origin.ToString(),
            request.Headers["Sec-Fetch-Site"].ToString()) is { } reason)
            throw Denied(reason);
        var mark = request.Headers.Keys.FirstOrDefault(ProxyMarks.Contains)
            ?? (HttpProtocol.IsHttp10(request.Protocol) ? request.Protocol : null);
        if (mark is not null)
            throw Denied(ProxyMarks.Refusal(mark));
    }

    private static TableException Denied(string reason) =>
        new("AccessDeniedException", reason, StatusCodes.Status403Forbidden);
}
