using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>Reads and changes the tags of an existing version.</summary>
internal sealed class ObjectTags(BucketCatalog catalog)
{
    private const int LargestDocument = 64 * 1024;

    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        using var opened = bucket.Open(request.Key, request.VersionId);
        ObjectAnswer.NameVersion(request.Response, bucket, opened.Metadata);
        await request.AnswerXmlAsync(TagSet.ToXml(opened.Metadata.Tags), cancellation);
    }

    public async Task PutAsync(S3Request request, CancellationToken cancellation)
    {
        var tags = TagSet.FromXml(await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation));
        request.Access.VerifyDocument(new Attachments(tags));
        await MetadataChange.ApplyAsync(request, catalog, before => before with { Tags = tags }, cancellation);
        request.AnswerNothing(200);
    }

    public async Task DeleteAsync(S3Request request, CancellationToken cancellation)
    {
        var tags = new Dictionary<string, string>();
        await MetadataChange.ApplyAsync(request, catalog, before => before with { Tags = tags }, cancellation);
        request.AnswerNothing(204);
    }
}
