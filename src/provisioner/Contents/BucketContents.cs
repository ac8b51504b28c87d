using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Esb.Provisioner.Stores;

namespace Esb.Provisioner.Contents;

/// <summary>The content of a bucket: every version of every object, oldest first.</summary>
/// <param name="client">An SDK client without its own retries.</param>
/// <param name="calls">Makes the calls, with retries.</param>
internal sealed class BucketContents(AmazonS3Client client, StoreCalls calls) : IDisposable
{
    public async Task<bool> ExistsAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            await calls.RunAsync(
                token => client.HeadBucketAsync(new HeadBucketRequest { BucketName = bucket }, token),
                cancellationToken);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>All versions; the versions of a key are in the order in which they were written.</summary>
    public async Task<IReadOnlyList<S3ObjectVersion>> VersionsAsync(string bucket, CancellationToken cancellationToken)
    {
        List<S3ObjectVersion> all = [];
        try
        {
            await AddVersionsAsync(bucket, all, cancellationToken);
        }
        catch (Exception e) when (Failure.KindOf(e) == FailureKind.Unsupported)
        {
            // The store does not support versioning.
            return await ObjectsAsync(bucket, cancellationToken);
        }

        // Without versioning each version has the id "null", which not every store accepts in requests. Where it is
        // suspended, such an id is needed: a delete without it adds a delete marker.
        if (all.All(v => v.VersionId is "null" or "" or null) && !await HasVersioningAsync(bucket, cancellationToken))
            all.ForEach(v => v.VersionId = null);
        // Listings begin with the newest version of a key, and some stores list all delete markers at the end.
        all.Reverse();
        return [.. all.OrderBy(v => v.Key, StringComparer.Ordinal).ThenBy(v => v.IsLatest == true)
            .ThenBy(v => v.LastModified)];
    }

    public Task<GetObjectResponse> OpenAsync(
        S3ObjectVersion version,
        CancellationToken cancellationToken) => calls.RunAsync(
        token => client.GetObjectAsync(
            new GetObjectRequest { BucketName = version.BucketName, Key = version.Key, VersionId = version.VersionId },
            token),
        cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> TagsAsync(
        S3ObjectVersion version, CancellationToken cancellationToken)
    {
        var request = new GetObjectTaggingRequest
        {
            BucketName = version.BucketName,
            Key = version.Key,
            VersionId = version.VersionId,
        };
        var answer = await calls.RunAsync(token => client.GetObjectTaggingAsync(request, token), cancellationToken);
        return answer.Tagging.ToDictionary(tag => tag.Key, tag => tag.Value);
    }

    /// <param name="bucket">An existing bucket.</param>
    /// <param name="stored">The object's metadata.</param>
    /// <param name="content">
    /// The bytes of the object. They can be read only once, so the call is not retried when the store is not ready.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task PutAsync(string bucket, StoredObject stored, Stream content, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = stored.Key,
            InputStream = content,
            AutoCloseStream = false,
            ContentType = stored.ContentType,
            WebsiteRedirectLocation = stored.WebsiteRedirectLocation,
            TagSet = [.. (stored.Tags ?? new Dictionary<string, string>())
                .Select(tag => new Tag { Key = tag.Key, Value = tag.Value })],
        };
        request.Headers.ContentLength = stored.Size;
        if (stored.ContentEncoding is { } encoding)
            request.Headers.ContentEncoding = encoding;
        if (stored.CacheControl is { } cache)
            request.Headers.CacheControl = cache;
        if (stored.ContentDisposition is { } disposition)
            request.Headers.ContentDisposition = disposition;
        if (stored.ContentLanguage is { } language)
            request.Headers.ContentLanguage = language;
        if (stored.Expires is { } expires)
            request.Headers["Expires"] = expires;
        foreach (var (name, value) in stored.Metadata)
            request.Metadata[name] = value;
        await client.PutObjectAsync(request, cancellationToken);
    }

    /// <summary>Deletes an object without versions, or adds a delete marker to one with versions.</summary>
    public Task MarkDeletedAsync(string bucket, string key, CancellationToken cancellationToken) =>
        calls.RunAsync(token => client.DeleteObjectAsync(bucket, key, token), cancellationToken);

    /// <summary>Deletes the bucket with the saved versions of its objects, if it has no others.</summary>
    /// <exception cref="StoreFailure">It has others; they stay, and so does the bucket.</exception>
    public Task DeleteAsync(
        string bucket, IReadOnlySet<SavedVersion> saved, CancellationToken cancellationToken) =>
        new BucketDeletion(client, calls, this).RunAsync(bucket, saved, cancellationToken);

    public void Dispose() => client.Dispose();

    // Also true when it is suspended.
    private async Task<bool> HasVersioningAsync(string bucket, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await calls.RunAsync(
                token => client.GetBucketVersioningAsync(bucket, token), cancellationToken);
            var status = answer.VersioningConfig?.Status;
            return status == VersionStatus.Enabled || status == VersionStatus.Suspended;
        }
        catch (Exception e) when (Failure.KindOf(e) == FailureKind.Unsupported)
        {
            return false;
        }
    }

    private async Task AddVersionsAsync(string bucket, List<S3ObjectVersion> all, CancellationToken cancellationToken)
    {
        var request = new ListVersionsRequest { BucketName = bucket, Encoding = EncodingType.Url };
        for (; ; )
        {
            var page = await calls.RunAsync(token => client.ListVersionsAsync(request, token), cancellationToken);
            foreach (var version in page.Versions ?? [])
            {
                version.Key = KeyText.Decode(version.Key, page.Encoding);
                all.Add(version);
            }

            if (page.IsTruncated != true)
                return;
            request.KeyMarker = KeyText.Decode(page.NextKeyMarker, page.Encoding);
            request.VersionIdMarker = page.NextVersionIdMarker;
        }
    }

    private async Task<IReadOnlyList<S3ObjectVersion>> ObjectsAsync(string bucket, CancellationToken cancellationToken)
    {
        List<S3ObjectVersion> all = [];
        var request = new ListObjectsV2Request { BucketName = bucket, Encoding = EncodingType.Url };
        do
        {
            var page = await calls.RunAsync(token => client.ListObjectsV2Async(request, token), cancellationToken);
            all.AddRange((page.S3Objects ?? []).Select(o => new S3ObjectVersion
            {
                BucketName = bucket,
                Key = KeyText.Decode(o.Key, page.Encoding),
                ETag = o.ETag,
            }));
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
        return all;
    }
}
