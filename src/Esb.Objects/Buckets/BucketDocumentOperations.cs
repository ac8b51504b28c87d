using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Buckets;

/// <summary>Put, get and delete of one kind of bucket document.</summary>
internal sealed class BucketDocumentOperations(BucketCatalog catalog, BucketDocumentKind kind)
{
    public async Task PutAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var document = await RequestBody.ReadDocumentAsync(request, kind.LargestDocument, cancellation);
        kind.Verify(document, bucket);
        bucket.Documents.Put(kind.Name, document.Span);
        request.AnswerNothing(kind.StatusOfPut);
    }

    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var document = bucket.Documents.Get(kind.Name) ?? throw kind.Absent(bucket.Name);
        await request.AnswerAsync(document, kind.ContentType, cancellation);
    }

    public Task DeleteAsync(S3Request request, CancellationToken cancellation)
    {
        catalog.Require(request.Bucket).Documents.Delete(kind.Name);
        request.AnswerNothing(204);
        return Task.CompletedTask;
    }
}
