using System.Runtime.CompilerServices;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Objects.Storage;

namespace Esb.Objects.Access;

/// <summary>
/// Decides whether a request may do what it asks for. The owner may do everything that the bucket's policy does not
/// deny; everybody else may do only what it allows.
/// </summary>
internal sealed class AccessCheck(BucketCatalog catalog, TimeProvider clock)
{
    private const string DefaultRegion = "us-east-1";

    // The owner can always replace a policy that shuts the owner out, as the root user of an account can.
    private static readonly string[] AlwaysForOwner =
        ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];

    // Keyed by the arrays of documents: a replaced document is a new array.
    private readonly ConditionalWeakTable<byte[], BucketPolicy> _parsed = [];

    /// <summary>Checks an action.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    public void Verify(AccessRequest request)
    {
        if (!Allows(request))
            throw AccessErrors.AccessDenied();
    }

    /// <summary>Checks a request that consists of many actions before they are known.</summary>
    /// <exception cref="S3Exception">AccessDenied, when a caller without a signature can do nothing at all.</exception>
    public void VerifyEntry(Call call)
    {
        if (call.IsAnonymous && (catalog.Find(call.Target.Bucket!) is not { } bucket || PolicyOf(bucket) is null))
            throw AccessErrors.AccessDenied();
    }

    /// <summary>Whether the caller may do what the request asks for. The bucket need not exist.</summary>
    public bool Allows(AccessRequest request)
    {
        // Only the owner learns which buckets exist.
        if (request.Bucket.Length == 0 || catalog.Find(request.Bucket) is not { } bucket)
            return !request.IsAnonymous;
        return Decide(bucket, request) switch
        {
            PolicyVerdict.Allowed => true,
            PolicyVerdict.Silent => !request.IsAnonymous,
            _ => !request.IsAnonymous && AlwaysForOwner.Contains(request.Action, StringComparer.Ordinal),
        };
    }

    /// <summary>The policy of a bucket; null if it has none that can be read.</summary>
    public BucketPolicy? PolicyOf(Bucket bucket) =>
        bucket.Documents.Remembered(BucketPolicy.Document) is { } document ? Of(document, bucket.Name) : null;

    private PolicyVerdict Decide(Bucket bucket, AccessRequest request)
    {
        if (bucket.Documents.Remembered(BucketPolicy.Document) is not { } document)
            return PolicyVerdict.Silent;
        if (Of(document, bucket.Name) is not { } policy)
        {
            // The document was stored before policies were validated, or is damaged. What it meant to deny is unknown.
            return request.IsAnonymous ? PolicyVerdict.Denied : PolicyVerdict.Silent;
        }

        var verdict = policy.Decide(request with
        {
            Now = clock.GetUtcNow(),
            Region = bucket.Record.Location is { Length: > 0 } location ? location : DefaultRegion,
            ExistingTags = () => TagsOf(bucket, request.Key, request.Version),
        });
        return verdict == PolicyVerdict.Allowed && request.IsAnonymous && policy.IsPublic
            && PublicAccessBlock.Of(bucket).RestrictsBucket
            ? PolicyVerdict.Silent
            : verdict;
    }

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

    private static IReadOnlyDictionary<string, string> TagsOf(Bucket bucket, string? key, string? version)
    {
        // A text that cannot be an id must not become a file name; the operation refuses it.
        if (key is null || (version is not null && !VersionId.IsOne(version)))
            return new Dictionary<string, string>();
        try
        {
            using var opened = bucket.Open(key, version);
            return opened.Metadata.Tags;
        }
        catch (S3Exception)
        {
            // The operation reports that there is no such object or version.
            return new Dictionary<string, string>();
        }
    }
}
