using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Xml;

namespace Esb.Objects.Serving;

/// <summary>
/// Sends an error as the document that SDKs expect. The answer to a HEAD request has no body and so no document.
/// </summary>
internal static class ErrorAnswer
{
    public static async Task SendAsync(HttpContext http, S3Exception error, string requestId)
    {
        var response = http.Response;
        if (response.HasStarted)
        {
            http.Abort();
            return;
        }

        var (id, id2) = (response.Headers["x-amz-request-id"], response.Headers["x-amz-id-2"]);
        var (connection, server) = (response.Headers.Connection, response.Headers.Server);
        response.Clear();
        response.Headers.Connection = connection;
        response.Headers.Server = server;
        response.Headers["x-amz-request-id"] = id;
        response.Headers["x-amz-id-2"] = id2;
        foreach (var (name, value) in error.Headers)
            response.Headers[name] = value;
        response.StatusCode = error.Status;
        if (HttpMethods.IsHead(http.Request.Method))
            return;
        var document = Write(http, error, requestId);
        response.ContentType = "application/xml";
        response.ContentLength = document.Length;
        await AnswerBuffer.All.SendAsync(http, document, http.RequestAborted);
    }

    private static byte[] Write(HttpContext http, S3Exception error, string requestId) => S3Document.WriteError(xml =>
    {
        xml.Element("Code", error.Code);
        xml.Element("Message", error.Message);
        foreach (var (name, value) in error.Details)
            xml.Element(name, value);
        xml.Element("Resource", http.Request.Path.Value);
        xml.Element("RequestId", requestId);
        xml.Element("HostId", requestId);
    });
}
