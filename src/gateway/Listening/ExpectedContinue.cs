using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Listening;

/// <summary>
/// Closes the connection when a client that sent <c>Expect: 100-continue</c> gets its answer before its body was
/// requested. Some clients then send the body and others the next request, and the server cannot tell the two apart
/// (RFC 9110, 10.1.1). HTTP/2 marks the end of a request and does not need this.
/// </summary>
internal static class ExpectedContinue
{
    /// <summary>Called for each request before it is served.</summary>
    public static void Guard(HttpContext context)
    {
        if (context.Request.Headers.Expect.Count > 0 && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.OnStarting(CloseUnlessAskedForAsync, context);
    }

    // Kestrel requests the body at the first read. From then on, the size limit of the body is read-only. Kestrel never
    // requests an empty body.
    private static Task CloseUnlessAskedForAsync(object state)
    {
        var context = (HttpContext)state;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: true })
            context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
