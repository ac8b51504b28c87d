using Esb.Objects.Objects;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Posting;

/// <summary>The answer to an accepted form: nothing, a document, or a redirect.</summary>
internal static class PostAnswer
{
    public static async Task SendAsync(
        HttpContext http,
        PostForm form,
        string bucket,
        ObjectMetadata metadata,
        CancellationToken cancellation)
    {
        var response = http.Response;
        var etag = HeaderText.Quote(metadata.ETag);
        ObjectAnswer.Written(response, metadata);
        if (Redirect(form) is { } url)
        {
            var key = UriText.Encode(metadata.Key, keepSlashes: false);
            var query = $"bucket={UriText.Encode(bucket, keepSlashes: false)}&key={key}"
                + $"&etag={UriText.Encode(etag, keepSlashes: false)}";
            response.StatusCode = 303;
            response.Headers.Location =
                new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query}&{query}" : query }.Uri.AbsoluteUri;
            return;
        }

        var path = $"{bucket}/{UriText.Encode(metadata.Key, keepSlashes: true)}";
        var location = $"{http.Request.Scheme}://{http.Request.Headers.Host}/{path}";
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

    // An invalid address is ignored, as it is by S3.
    private static Uri? Redirect(PostForm form) =>
        Uri.TryCreate(form.Field("success_action_redirect") ?? form.Field("redirect"), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            ? url
            : null;
}
