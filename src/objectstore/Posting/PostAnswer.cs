using Esb.ObjectStore.Objects;
using Esb.ObjectStore.Payloads;
using Esb.ObjectStore.Requests;
using Esb.ObjectStore.Storage;
using Esb.ObjectStore.Xml;

namespace Esb.ObjectStore.Posting;

/// <summary>What a browser is told after a form was taken: nothing, a document, or where to go on.</summary>
internal static class PostAnswer
{
    public static async Task SendAsync(HttpContext http, PostForm form, string bucket, ObjectMetadata metadata, CancellationToken cancellation)
    {
        var response = http.Response;
        var etag = HeaderText.Quote(metadata.ETag);
        ObjectAnswer.Written(response, metadata);
        if (Redirect(form) is { } url)
        {
            var query = $"bucket={UriText.Encode(bucket, keepSlashes: false)}&key={UriText.Encode(metadata.Key, keepSlashes: false)}&etag={UriText.Encode(etag, keepSlashes: false)}";
            response.StatusCode = 303;
            response.Headers.Location = new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query}&{query}" : query }.Uri.AbsoluteUri;
            return;
        }

        var location = $"{http.Request.Scheme}://{http.Request.Headers.Host}/{bucket}/{UriText.Encode(metadata.Key, keepSlashes: true)}";
        response.Headers.Location = location;
        response.StatusCode = form.Field("success_action_status") switch { "200" => 200, "201" => 201, _ => 204 };
        if (response.StatusCode != 201)
            return;
        var document = S3Document.WriteBare("PostResponse", xml =>
        {
            xml.Element("Location", location);
            xml.Element("Bucket", bucket);
            xml.Element("Key", metadata.Key);
            xml.Element("ETag", etag);
        });
        response.ContentType = "application/xml";
        response.ContentLength = document.Length;
        await AnswerBuffer.All.SendAsync(response.HttpContext, document, cancellation);
    }

    // One that is no address is ignored, as by S3.
    private static Uri? Redirect(PostForm form) =>
        Uri.TryCreate(form.Field("success_action_redirect") ?? form.Field("redirect"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
