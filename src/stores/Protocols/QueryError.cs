using System.Text;
using System.Xml;

namespace Esb.Stores.Protocols;

/// <summary>
/// An error by the protocol of services whose requests are forms. Source: Smithy, "AWS query protocol".
/// </summary>
internal static class QueryError
{
    /// <summary>Whether a request is a form.</summary>
    public static bool IsFormOf(HttpRequest request) =>
        JsonAnswer.RequestType(request) is "application/x-www-form-urlencoded" || request.Query.ContainsKey("Action");

    public static async Task SendAsync(HttpContext http, int status, string code, string message, string requestId)
    {
        var response = http.Response;
        if (response.HasStarted)
        {
            http.Abort();
            return;
        }

        var document = Write(status, code, message, requestId);
        response.StatusCode = status;
        response.ContentType = "text/xml";
        response.ContentLength = document.Length;
        await response.Body.WriteAsync(document, http.RequestAborted);
    }

    private static byte[] Write(int status, string code, string message, string requestId)
    {
        var document = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };
        using (var xml = XmlWriter.Create(document, settings))
        {
            xml.WriteStartElement("ErrorResponse");
            xml.WriteStartElement("Error");
            xml.WriteElementString("Type", status < 500 ? "Sender" : "Receiver");
            xml.WriteElementString("Code", code);
            xml.WriteElementString("Message", message);
            xml.WriteEndElement();
            xml.WriteElementString("RequestId", requestId);
            xml.WriteEndElement();
        }

        return document.ToArray();
    }
}
