using Esb.Gateway.Bodies;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary>
/// The page of the admin port: one document that contains everything it needs and works without a network.
/// </summary>
internal static class AdminPage
{
    private static readonly byte[] Document = Read();

    public static Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = Document.Length;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        return WholeAnswer.SendAnywayAsync(context, Document);
    }

    private static byte[] Read()
    {
        using var stream = typeof(AdminPage).Assembly.GetManifestResourceStream("Esb.Gateway.Admin.Page.html")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
