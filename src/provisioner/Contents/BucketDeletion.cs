using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Contents;

/// <summary>
/// Deletes a bucket and the versions of its objects that a snapshot contains. What was written since the snapshot
/// stays.
/// </summary>
/// <param name="client">An SDK client without its own retries.</param>
/// <param name="calls">Makes the calls, with retries.</param>
/// <param name="contents">Lists the versions.</param>
internal sealed class BucketDeletion(AmazonS3Client client, StoreCalls calls, BucketContents contents)
{
    // DeleteObjects accepts a thousand keys. A store may continue a request whose sender has ended, so each request is
    // short.
    private const int BatchSize = 100;

    private const int MostNamed = 5;

    private static readonly HashSet<string> Harmless =
    [
        // An earlier call whose answer was lost may have deleted it.
        "NoSuchKey", "NoSuchVersion",
        // It was written since the listing, so it stays.
        "PreconditionFailed",
    ];

    public async Task RunAsync(
        string bucket, IReadOnlySet<SavedVersion> saved, CancellationToken cancellationToken)
    {
        var listed = await contents.VersionsAsync(bucket, cancellationToken);
        foreach (var batch in listed.Where(v => saved.Contains(SavedVersion.Of(v))).Chunk(BatchSize))
            await DeleteAsync(bucket, batch, cancellationToken);
        await RequireEmptyAsync(bucket, null, cancellationToken);
        await AbortUploadsAsync(bucket, cancellationToken);
        try
        {
            await calls.RunAsync(token => client.DeleteBucketAsync(bucket, token), cancellationToken);
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            // The bucket was deleted by an earlier call whose answer was lost, or by somebody else.
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "BucketNotEmpty")
        {
            await RequireEmptyAsync(bucket, e, cancellationToken);
            throw;
        }
    }

    private async Task RequireEmptyAsync(string bucket, Exception? cause, CancellationToken cancellationToken)
    {
        var left = await contents.VersionsAsync(bucket, cancellationToken);
        if (left.Count == 0)
            return;
        var keys = left.Select(v => v.Key).Distinct(StringComparer.Ordinal).ToList();
        var more = keys.Count - MostNamed;
        var named = string.Join(", ", keys.Take(MostNamed)) + (more > 0 ? $" and {more} more" : "");
        throw new StoreFailure(
            $"bucket {bucket} stays, with the objects that were written after it was saved: {named}",
            "end what writes to it, then delete it again",
            cause);
    }

    private async Task DeleteAsync(
        string bucket, IReadOnlyList<S3ObjectVersion> batch, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectsRequest
        {
            BucketName = bucket,
            Objects = [.. batch.Where(v => KeyText.FitsXml(v.Key)).Select(v => new KeyVersion
            {
                Key = v.Key,
                VersionId = v.VersionId,
                ETag = Condition(v),
            })],
        };
        try
        {
            if (request.Objects.Count > 0)
                await calls.RunAsync(token => client.DeleteObjectsAsync(request, token), cancellationToken);
        }
        catch (DeleteObjectsException e)
        {
            if (e.Response.DeleteErrors?.Find(error => !Harmless.Contains(error.Code)) is { } failed)
                throw Failed(bucket, failed.Key, failed.Code, failed.Message, e);
        }

        foreach (var version in batch.Where(v => !KeyText.FitsXml(v.Key)))
            await DeleteAsync(bucket, version, cancellationToken);
    }

    // The key is part of the path.
    private async Task DeleteAsync(string bucket, S3ObjectVersion version, CancellationToken cancellationToken)
    {
        var request = new DeleteObjectRequest
        {
            BucketName = bucket,
            Key = version.Key,
            VersionId = version.VersionId,
            IfMatch = Condition(version),
        };
        try
        {
            await calls.RunAsync(token => client.DeleteObjectAsync(request, token), cancellationToken);
        }
        catch (AmazonS3Exception e) when (Harmless.Contains(e.ErrorCode))
        {
            // It is deleted already, or it stays.
        }
        catch (AmazonS3Exception e)
        {
            throw Failed(bucket, version.Key, e.ErrorCode, e.Message, e);
        }
    }

    // A version never changes. Without versions, a key is deleted only if it still has the object that was listed.
    private static string? Condition(S3ObjectVersion version) => version.VersionId is null ? version.ETag : null;

    private static StoreFailure Failed(string bucket, string key, string code, string message, Exception cause) => new(
        $"the object {key} of bucket {bucket} cannot be deleted: {code}: {message}", "the store says why", cause);

    private async Task AbortUploadsAsync(string bucket, CancellationToken cancellationToken)
    {
        var request = new ListMultipartUploadsRequest { BucketName = bucket, Encoding = EncodingType.Url };
        ListMultipartUploadsResponse page;
        do
        {
            page = await calls.RunAsync(token => client.ListMultipartUploadsAsync(request, token), cancellationToken);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                var key = KeyText.Decode(upload.Key, page.EncodingType);
                await calls.RunAsync(
                    token => client.AbortMultipartUploadAsync(bucket, key, upload.UploadId, token), cancellationToken);
            }

            request.KeyMarker = page.NextKeyMarker is { } next ? KeyText.Decode(next, page.EncodingType) : null;
            request.UploadIdMarker = page.NextUploadIdMarker;
        }
        while (page.IsTruncated == true);
    }
}
