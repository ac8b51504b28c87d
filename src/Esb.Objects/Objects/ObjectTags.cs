using Esb.Objects.Payloads;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Objects;

/// <summary>
/// Changes the tags of an existing object. They are part of its file, so the file is rewritten; ETag and date do not
/// change. If the object is replaced meanwhile, the operation is retried on the new one.
/// </summary>
internal sealed class ObjectTags(BucketCatalog catalog)
{
    private const int LargestDocument = 64 * 1024;

    public async Task GetAsync(S3Request request, CancellationToken cancellation)
    {
        using var opened = catalog.Require(request.Bucket).Open(request.Key);
        await request.AnswerXmlAsync(TagSet.ToXml(opened.Metadata.Tags), cancellation);
    }

    public async Task PutAsync(S3Request request, CancellationToken cancellation)
    {
        var tags = TagSet.FromXml(await RequestBody.ReadDocumentAsync(request, LargestDocument, cancellation));
        await ReplaceAsync(request, tags, cancellation);
        request.AnswerNothing(200);
    }

    public async Task DeleteAsync(S3Request request, CancellationToken cancellation)
    {
        await ReplaceAsync(request, new Dictionary<string, string>(), cancellation);
        request.AnswerNothing(204);
    }

    private async Task ReplaceAsync(
        S3Request request,
        IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellation)
    {
        var bucket = catalog.Require(request.Bucket);
        while (true)
        {
            using var opened = bucket.Open(request.Key);
            using var digests = new ContentDigests(algorithm: null);
            using var content = bucket.NewTemporaryFile();
            var payload = opened.Content(0, opened.Metadata.Size);
            await ContentCopy.RunAsync(payload, content.Stream, digests, long.MaxValue, cancellation);
            if (bucket.TryCommitOver(opened.Metadata, content, opened.Metadata with { Tags = tags }))
                return;
        }
    }
}
