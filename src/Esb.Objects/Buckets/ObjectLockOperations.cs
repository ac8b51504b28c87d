using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Buckets;

/// <summary>GetObjectLockConfiguration and PutObjectLockConfiguration.</summary>
internal sealed class ObjectLockOperations(BucketCatalog catalog)
{
    private const int LargestDocument = 64 * 1024;

    public async Task PutAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        LockHeaders.VerifyDigest(request.Headers, "Put Object Lock Configuration requests");
        var document = await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation);
        BucketLock.Parse(document);
        bucket.Change(settings => settings.SetObjectLock(document.Span));
    }

    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        var document = bucket.Documents.Get(BucketLock.Document) ?? throw LockErrors.NoLockOfBucket(bucket.Name);
        await request.AnswerAsync(document, "application/xml", cancellation);
    }
}
