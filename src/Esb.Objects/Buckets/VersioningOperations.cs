using Esb.Objects.Errors;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;
using Esb.Objects.Xml;

namespace Esb.Objects.Buckets;

/// <summary>
/// GetBucketVersioning and PutBucketVersioning. The store keeps no old versions, so a request to enable versioning is
/// refused. A request for the state Suspended is accepted, because nothing needs to change.
/// </summary>
internal sealed class VersioningOperations(BucketCatalog catalog)
{
    private const int LargestDocument = 64 * 1024;
    private const string Root = "VersioningConfiguration";
    private const string Document = "versioning";

    public async Task PutAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var document = await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation);
        var status = XmlElement.Parse(document, Root).Value("Status")?.Trim();
        if (status == "Enabled")
            throw S3Errors.NotImplemented("Versioning of objects");
        if (status != "Suspended")
            throw BodyErrors.MalformedXml("Status must be Enabled or Suspended");
        bucket.Documents.Put(Document, document.Span);
    }

    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        var document = catalog.Require(request.Bucket).Documents.Get(Document) ?? S3Document.Write(Root, _ => { });
        await request.AnswerXmlAsync(document, cancellation);
    }
}
