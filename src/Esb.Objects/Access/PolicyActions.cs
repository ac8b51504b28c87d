namespace Esb.Objects.Access;

/// <summary>
/// The actions that a bucket policy can name. One that is misspelt, or about something else than the resources of its
/// statement, is an error, because a denial with it would deny nothing. Source: Service Authorization Reference,
/// "Actions defined by Amazon S3", resource types bucket and object. Names have no case.
/// </summary>
internal static class PolicyActions
{
    private const string Prefix = "s3:";

    private static readonly string[] OfBuckets =
    [
        "AllowVendedLogDeliveryForResource", "CreateBucket", "CreateBucketMetadataTableConfiguration", "DeleteBucket",
        "DeleteBucketMetadataTableConfiguration", "DeleteBucketPolicy", "DeleteBucketWebsite",
        "GetAccelerateConfiguration", "GetAnalyticsConfiguration", "GetBucketAbac", "GetBucketAcl", "GetBucketCORS",
        "GetBucketLocation", "GetBucketLogging", "GetBucketMetadataTableConfiguration", "GetBucketNotification",
        "GetBucketObjectLockConfiguration", "GetBucketOwnershipControls", "GetBucketPolicy", "GetBucketPolicyStatus",
        "GetBucketPublicAccessBlock", "GetBucketRequestPayment", "GetBucketTagging", "GetBucketVersioning",
        "GetBucketWebsite", "GetEncryptionConfiguration", "GetIntelligentTieringConfiguration",
        "GetInventoryConfiguration", "GetLifecycleConfiguration", "GetMetricsConfiguration",
        "GetReplicationConfiguration", "ListBucket", "ListBucketMultipartUploads", "ListBucketVersions",
        "ListTagsForResource", "PauseReplication", "PutAccelerateConfiguration", "PutAnalyticsConfiguration",
        "PutBucketAbac", "PutBucketAcl", "PutBucketCORS", "PutBucketLogging", "PutBucketNotification",
        "PutBucketObjectLockConfiguration", "PutBucketOwnershipControls", "PutBucketPolicy",
        "PutBucketPublicAccessBlock", "PutBucketRequestPayment", "PutBucketTagging", "PutBucketVersioning",
        "PutBucketWebsite", "PutEncryptionConfiguration", "PutIntelligentTieringConfiguration",
        "PutInventoryConfiguration", "PutLifecycleConfiguration", "PutMetricsConfiguration",
        "PutReplicationConfiguration", "TagResource", "UntagResource",
        "UpdateBucketMetadataAnnotationTableConfiguration", "UpdateBucketMetadataInventoryTableConfiguration",
        "UpdateBucketMetadataJournalTableConfiguration",
    ];

    private static readonly string[] OfObjects =
    [
        "AbortMultipartUpload", "BypassGovernanceRetention", "DeleteObject", "DeleteObjectAnnotation",
        "DeleteObjectTagging", "DeleteObjectVersion", "DeleteObjectVersionAnnotation", "DeleteObjectVersionTagging",
        "GetObject", "GetObjectAcl", "GetObjectAnnotation", "GetObjectAttributes", "GetObjectLegalHold",
        "GetObjectRetention", "GetObjectTagging", "GetObjectTorrent", "GetObjectVersion", "GetObjectVersionAcl",
        "GetObjectVersionAnnotation", "GetObjectVersionAttributes", "GetObjectVersionForReplication",
        "GetObjectVersionTagging", "GetObjectVersionTorrent", "InitiateReplication", "ListMultipartUploadParts",
        "ListObjectAnnotations", "ListObjectVersionAnnotations", "ObjectOwnerOverrideToBucketOwner", "PutObject",
        "PutObjectAcl", "PutObjectAnnotation", "PutObjectLegalHold", "PutObjectRetention", "PutObjectTagging",
        "PutObjectVersionAcl", "PutObjectVersionAnnotation", "PutObjectVersionTagging", "ReplicateDelete",
        "ReplicateObject", "ReplicateTags", "RestoreObject", "UpdateObjectEncryption",
    ];

    /// <summary>Whether a pattern matches any action.</summary>
    public static bool IsKnown(string pattern) => Matches(pattern, OfBuckets) || Matches(pattern, OfObjects);

    /// <summary>Whether a pattern matches an action on one of the resources.</summary>
    public static bool IsAbout(string pattern, IReadOnlyList<string> resources) =>
        (resources.Any(MayBeBucket) && Matches(pattern, OfBuckets))
        || (resources.Any(MayBeObject) && Matches(pattern, OfObjects));

    private static bool Matches(string pattern, string[] names) => names.Any(name =>
        WildcardPattern.Matches(pattern.ToLowerInvariant(), (Prefix + name).ToLowerInvariant()));

    private static bool MayBeBucket(string resource) => !resource.Contains('/', StringComparison.Ordinal);

    private static bool MayBeObject(string resource) =>
        resource.Contains('/', StringComparison.Ordinal) || resource.Contains('*', StringComparison.Ordinal);
}
