using Microsoft.AspNetCore.Http.Features;

namespace Esb.ObjectStore.Server;

/// <summary>
/// SDKs send uploads with <c>Expect: 100-continue</c>. One that is answered without having been asked for its body (412, 404, 403, or the body is
/// empty) goes on with its next request, where another client would send the body; boto3 even takes the next answer for this one. So such an
/// answer ends its connection (RFC 9110, 10.1.1).
/// </summary>
internal static class ExpectedContinue
{
    /// <summary>Asked for each request before it is served.</summary>
    public static void Guard(HttpContext http)
    {
        if (http.Request.Headers.Expect.Count > 0)
            http.Response.OnStarting(CloseUnlessAskedForAsync, http);
    }

    // Kestrel asks for the body when it is first read, and lets its greatest size be set until then.
    private static Task CloseUnlessAskedForAsync(object state)
    {
        var http = (HttpContext)state;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: true })
            http.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
