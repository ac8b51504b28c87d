using System.Runtime.CompilerServices;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Access;

/// <summary>
/// Decides whether a request may do what it asks for. The owner may do everything that the bucket's policy does not
/// deny; everybody else may do only what it allows.
/// </summary>
internal sealed class AccessCheck(BucketCatalog catalog)
{
    // The owner can always replace a policy that shuts the owner out, as the root user of an account can.
    private static readonly string[] AlwaysForOwner =
        ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];

    // Keyed by the arrays of documents: a replaced document is a new array.
    private readonly ConditionalWeakTable<byte[], BucketPolicy> _parsed = [];

    /// <summary>Checks a request.</summary>
    /// <param name="http">The request.</param>
    /// <param name="target">The bucket or object, which need not exist.</param>
    /// <param name="action">
    /// The action, such as <c>s3:GetObject</c>; null if the operation checks each of its objects.
    /// </param>
    /// <param name="isAnonymous">Whether the request has no signature although the store requires one.</param>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void Verify(HttpRequest http, Target target, string? action, bool isAnonymous)
    {
        var bucket = target.Bucket is null ? null : catalog.Find(target.Bucket);
        if (bucket is null || (action is null && PolicyOf(bucket) is null))
        {
            // Which buckets exist is nobody else's business.
            if (isAnonymous)
                throw AccessErrors.AccessDenied();
            return;
        }

        if (action is null)
            return;
        switch (Decide(bucket, new AccessRequest(isAnonymous, action, AccessRequest.ArnOf(target), http, target)
        {
            ExistingTags = () => TagsOf(bucket, target),
        }))
        {
            case PolicyVerdict.Denied when isAnonymous || !AlwaysForOwner.Contains(action, StringComparer.Ordinal):
            case PolicyVerdict.Silent when isAnonymous:
                throw AccessErrors.AccessDenied();
        }
    }

    private PolicyVerdict Decide(Bucket bucket, AccessRequest request)
    {
        if (bucket.Documents.Remembered(BucketPolicy.Document) is not { } document)
            return PolicyVerdict.Silent;
        if (Of(document, bucket.Name) is not { } policy)
        {
            // The document was stored before policies were validated, or is damaged. What it meant to deny is unknown.
            return request.IsAnonymous ? PolicyVerdict.Denied : PolicyVerdict.Silent;
        }

        var verdict = policy.Decide(request);
        return verdict == PolicyVerdict.Allowed && request.IsAnonymous && policy.IsPublic
            && PublicAccessBlock.Of(bucket).RestrictsBucket
            ? PolicyVerdict.Silent
            : verdict;
    }

    /// <summary>The policy of a bucket; null if it has none that can be read.</summary>
    public BucketPolicy? PolicyOf(Bucket bucket) =>
        bucket.Documents.Remembered(BucketPolicy.Document) is { } document ? Of(document, bucket.Name) : null;

    private BucketPolicy? Of(byte[] document, string bucket)
    {
        if (_parsed.TryGetValue(document, out var known))
            return known;
        try
        {
            return _parsed.GetValue(document, bytes => BucketPolicy.Parse(bytes, bucket));
        }
        catch (S3Exception)
        {
            return null;
        }
    }

    private static IReadOnlyDictionary<string, string> TagsOf(Bucket bucket, Target target)
    {
        if (target.Key is null)
            return new Dictionary<string, string>();
        try
        {
            using var opened = bucket.Open(target.Key, target.Query["versionId"]);
            return opened.Metadata.Tags;
        }
        catch (S3Exception)
        {
            // The operation reports that there is no such object or version.
            return new Dictionary<string, string>();
        }
    }
}
