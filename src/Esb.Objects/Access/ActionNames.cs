using Esb.Objects.Requests;

namespace Esb.Objects.Access;

/// <summary>
/// The names of operations in policies. Source: Service Authorization Reference, "Actions, resources, and condition
/// keys for Amazon S3".
/// </summary>
internal static class ActionNames
{
    private static readonly Dictionary<(Level Level, string Method, string SubResource), string> Known = new()
    {
        [(Level.Service, "GET", "")] = "ListAllMyBuckets",
        [(Level.Bucket, "PUT", "")] = "CreateBucket",
        [(Level.Bucket, "HEAD", "")] = "ListBucket",
        [(Level.Bucket, "DELETE", "")] = "DeleteBucket",
        [(Level.Bucket, "GET", "")] = "ListBucket",
        [(Level.Bucket, "GET", "list-type")] = "ListBucket",
        [(Level.Bucket, "GET", "versions")] = "ListBucketVersions",
        [(Level.Bucket, "GET", "uploads")] = "ListBucketMultipartUploads",
        [(Level.Bucket, "GET", "location")] = "GetBucketLocation",
        [(Level.Bucket, "GET", "policyStatus")] = "GetBucketPolicyStatus",
        [(Level.Bucket, "DELETE", "policy")] = "DeleteBucketPolicy",
        [(Level.Object, "GET", "")] = "GetObject",
        [(Level.Object, "HEAD", "")] = "GetObject",
        [(Level.Object, "PUT", "")] = "PutObject",
        [(Level.Object, "DELETE", "")] = "DeleteObject",
        [(Level.Object, "GET", "attributes")] = "GetObjectAttributes",
        [(Level.Object, "DELETE", "tagging")] = "DeleteObjectTagging",
        [(Level.Object, "POST", "uploads")] = "PutObject",
        [(Level.Object, "PUT", "uploadId")] = "PutObject",
        [(Level.Object, "POST", "uploadId")] = "PutObject",
        [(Level.Object, "GET", "uploadId")] = "ListMultipartUploadParts",
        [(Level.Object, "DELETE", "uploadId")] = "AbortMultipartUpload",
    };

    // GetX and PutX; the permission to put a configuration includes its deletion.
    private static readonly Dictionary<(Level Level, string SubResource), string> Settings = new()
    {
        [(Level.Bucket, "acl")] = "BucketAcl",
        [(Level.Bucket, "cors")] = "BucketCORS",
        [(Level.Bucket, "encryption")] = "EncryptionConfiguration",
        [(Level.Bucket, "lifecycle")] = "LifecycleConfiguration",
        [(Level.Bucket, "object-lock")] = "BucketObjectLockConfiguration",
        [(Level.Bucket, "ownershipControls")] = "BucketOwnershipControls",
        [(Level.Bucket, "policy")] = "BucketPolicy",
        [(Level.Bucket, "publicAccessBlock")] = "BucketPublicAccessBlock",
        [(Level.Bucket, "tagging")] = "BucketTagging",
        [(Level.Bucket, "versioning")] = "BucketVersioning",
        [(Level.Object, "acl")] = "ObjectAcl",
        [(Level.Object, "legal-hold")] = "ObjectLegalHold",
        [(Level.Object, "retention")] = "ObjectRetention",
        [(Level.Object, "tagging")] = "ObjectTagging",
    };

    // Those that name a version in their own name when the request does.
    private static readonly string[] OfVersions =
    [
        "GetObject", "DeleteObject", "GetObjectAttributes", "GetObjectTagging", "PutObjectTagging",
        "DeleteObjectTagging", "GetObjectAcl", "PutObjectAcl",
    ];

    /// <summary>
    /// The action of a request; null for DeleteObjects, which checks each object. An operation that the store does not
    /// have is refused later; its name matches only <c>s3:*</c>.
    /// </summary>
    public static string? Of(Target target, string method)
    {
        var subResource = SubResource.Of(target.Query) ?? "";
        if (target.Level == Level.Bucket && method == "POST" && subResource == "delete")
            return null;
        var name = Find(target.Level, method, subResource) ?? "Unknown";
        if (target.Query.Has("versionId") && OfVersions.Contains(name, StringComparer.Ordinal))
            name = name.Replace("Object", "ObjectVersion", StringComparison.Ordinal);
        return $"s3:{name}";
    }

    /// <summary>Finds the name of an operation, without the service; null if it has none.</summary>
    public static string? Find(Level level, string method, string subResource)
    {
        if (Known.TryGetValue((level, method, subResource), out var name))
            return name;
        return Settings.TryGetValue((level, subResource), out var setting)
            ? (method == "GET" ? "Get" : "Put") + setting
            : null;
    }
}
