using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Esb.Gateway.Listening;

/// <summary>
/// A client that sends <c>Expect: 100-continue</c> keeps its body back until it is asked for it. When the answer comes instead, one client
/// sends the body all the same and another one its next request, and nobody can tell which of the two the next bytes are. So such an answer
/// says that it ends the connection (RFC 9110, 10.1.1). HTTP/2 has a frame for the end of a request and needs none of this.
/// </summary>
internal static class ExpectedContinue
{
    /// <summary>Asked for each request before it is served.</summary>
    public static void Guard(HttpContext context)
    {
        if (context.Request.Headers.Expect.Count > 0 && HttpProtocol.IsHttp11(context.Request.Protocol))
            context.Response.OnStarting(CloseUnlessAskedForAsync, context);
    }

    // Kestrel asks for the body when it is first read, and lets its greatest size be set until then. It never asks for a body without bytes.
    private static Task CloseUnlessAskedForAsync(object state)
    {
        var context = (HttpContext)state;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is not { IsReadOnly: true })
            context.Response.Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
