using Microsoft.AspNetCore.Http.Features;

namespace Esb.Stores.Server;

/// <summary>
/// SDKs send uploads with <c>Expect: 100-continue</c>. After a final answer without a 100 (412, 404, 403, or an empty
/// body), some clients send the next request where others would send the body; boto3 even takes the next answer for the
/// answer to this request. Such an answer therefore closes the connection (RFC 9110, 10.1.1).
/// </summary>
internal static class ExpectedContinue
{
    /// <summary>Called for each request before it is served.</summary>
    public static void Guard(HttpContext http)
    {
        if (http.Request.Headers.Expect.Count > 0)
            http.Response.OnStarting(CloseUnlessAskedForAsync, http);
    }

    // Kestrel sends the 100 when the body is first read, and allows changes of its size limit until then.
    private static Task CloseUnlessAskedForAsync(object state)
    {
        var http = (HttpContext)state;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: true })
            http.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
