using Esb.Objects.Locking;
using Esb.Objects.Requests;

namespace Esb.Objects.Access;

/// <summary>
/// The actions that each operation needs. A request is carried out only if the policy lets its caller do all of them.
/// Sources: the section "Permissions" of each operation in the Amazon S3 API Reference; Service Authorization
/// Reference, "Actions, resources, and condition keys for Amazon S3"; S3 User Guide, "How to prevent object overwrites
/// with conditional writes" and "How to perform conditional deletes".
/// </summary>
internal static class OperationActions
{
    private const string Copy = SubResource.Copy;
    private const string TagCount = "x-amz-tagging-count";

    private static readonly RequiredAction Tags = RequiredAction.With("PutObjectTagging", "x-amz-tagging");

    private static readonly RequiredAction List = RequiredAction.With(
        "PutObjectAcl",
        HeaderRules.AccessControlList, "x-amz-grant-read", "x-amz-grant-read-acp", "x-amz-grant-write",
        "x-amz-grant-write-acp", "x-amz-grant-full-control");

    private static readonly RequiredAction Bypass = new("BypassGovernanceRetention")
    {
        AppliesTo = LockHeaders.BypassesGovernance,
    };

    // An ETag is compared with that of the object, of which a caller who may not read it would learn something.
    private static readonly RequiredAction Compare = new("GetObject")
    {
        AppliesTo = headers => headers.IfMatch.ToString() is not ("" or "*"),
    };

    private static readonly RequiredAction[] Write =
    [
        new("PutObject"), Tags, List, Compare,
        RequiredAction.With("PutObjectRetention", LockHeaders.Mode, LockHeaders.Until),
        RequiredAction.With("PutObjectLegalHold", LockHeaders.LegalHold),
    ];

    private static readonly RequiredAction[] Source =
    [
        new("GetObject", ActionMoment.Source) { IsOfSource = true, NamesVersion = false },
        new("GetObjectVersion", ActionMoment.Source) { IsOfSource = true, NamesVersion = true },
    ];

    private static readonly RequiredAction[] SourceTags =
    [
        new("GetObjectTagging", ActionMoment.SourceTags) { IsOfSource = true },
        new("GetObjectVersionTagging", ActionMoment.SourceTags) { IsOfSource = true, NamesVersion = true },
        new("PutObjectTagging", ActionMoment.SourceTags),
    ];

    private static readonly RequiredAction[] Read =
    [
        new("GetObject") { NamesVersion = false }, new("GetObjectVersion") { NamesVersion = true },
    ];

    // What the answer to a read says besides the object.
    private static readonly RequiredAction[] Told =
    [
        new("GetObjectTagging", ActionMoment.Answer) { Tells = TagCount },
        new("GetObjectVersionTagging", ActionMoment.Answer) { Tells = TagCount, NamesVersion = true },
        new("GetObjectRetention", ActionMoment.Answer) { Tells = LockHeaders.Mode },
        new("GetObjectLegalHold", ActionMoment.Answer) { Tells = LockHeaders.LegalHold },
    ];

    private static readonly Dictionary<(Level Level, string Method, string SubResource), RequiredAction[]> Known = new()
    {
        [(Level.Service, "GET", "")] = [new("ListAllMyBuckets")],
        [(Level.Bucket, "PUT", "")] =
        [
            new("CreateBucket"),
            RequiredAction.With("PutBucketAcl", HeaderRules.AccessControlList),
            RequiredAction.With("PutBucketObjectLockConfiguration", LockHeaders.OfBuckets),
            RequiredAction.With("PutBucketVersioning", LockHeaders.OfBuckets),
            RequiredAction.With("PutBucketOwnershipControls", "x-amz-object-ownership"),
        ],
        [(Level.Bucket, "HEAD", "")] = [new("ListBucket")],
        [(Level.Bucket, "DELETE", "")] = [new("DeleteBucket")],
        [(Level.Bucket, "GET", "")] = [new("ListBucket")],
        [(Level.Bucket, "GET", "list-type")] = [new("ListBucket")],
        [(Level.Bucket, "GET", "versions")] = [new("ListBucketVersions")],
        [(Level.Bucket, "GET", "uploads")] = [new("ListBucketMultipartUploads")],
        [(Level.Bucket, "GET", "location")] = [new("GetBucketLocation")],
        [(Level.Bucket, "GET", "policyStatus")] = [new("GetBucketPolicyStatus")],
        [(Level.Bucket, "DELETE", "policy")] = [new("DeleteBucketPolicy")],
        [(Level.Bucket, "POST", "delete")] =
        [
            new("DeleteObject", ActionMoment.EachKey) { NamesVersion = false },
            new("DeleteObjectVersion", ActionMoment.EachKey) { NamesVersion = true },
            Bypass with { Moment = ActionMoment.EachKey }, Compare with { Moment = ActionMoment.EachKey },
        ],
        [(Level.Bucket, "POST", "")] = [.. Write, RequiredAction.With("PutObjectTagging", "tagging")],
        [(Level.Object, "GET", "")] = [.. Read, .. Told],
        [(Level.Object, "HEAD", "")] = [.. Read, .. Told],
        [(Level.Object, "PUT", "")] = Write,
        [(Level.Object, "PUT", Copy)] = [.. Write, .. Source, .. SourceTags],
        [(Level.Object, "DELETE", "")] =
        [
            new("DeleteObject") { NamesVersion = false }, new("DeleteObjectVersion") { NamesVersion = true },
            Bypass, Compare,
        ],
        [(Level.Object, "GET", "attributes")] =
        [
            .. Read, new("GetObjectAttributes") { NamesVersion = false },
            new("GetObjectVersionAttributes") { NamesVersion = true },
        ],
        [(Level.Object, "GET", "tagging")] = OfVersions("GetObjectTagging", "GetObjectVersionTagging"),
        [(Level.Object, "PUT", "tagging")] =
            OfVersions("PutObjectTagging", "PutObjectVersionTagging", ActionMoment.Document),
        [(Level.Object, "DELETE", "tagging")] = OfVersions("DeleteObjectTagging", "DeleteObjectVersionTagging"),
        [(Level.Object, "GET", "acl")] = OfVersions("GetObjectAcl", "GetObjectVersionAcl"),
        [(Level.Object, "PUT", "acl")] = OfVersions("PutObjectAcl", "PutObjectVersionAcl"),
        [(Level.Object, "GET", "retention")] = [new("GetObjectRetention")],
        [(Level.Object, "PUT", "retention")] =
        [
            new("PutObjectRetention", ActionMoment.Document), Bypass with { Moment = ActionMoment.Document },
        ],
        [(Level.Object, "GET", "legal-hold")] = [new("GetObjectLegalHold")],
        [(Level.Object, "PUT", "legal-hold")] = [new("PutObjectLegalHold", ActionMoment.Document)],
        [(Level.Object, "POST", "uploads")] = Write,
        [(Level.Object, "PUT", "uploadId")] = [new("PutObject")],
        [(Level.Object, "PUT", "uploadId" + Copy)] = [new("PutObject"), .. Source],
        [(Level.Object, "POST", "uploadId")] = [new("PutObject"), Compare],
        [(Level.Object, "GET", "uploadId")] = [new("ListMultipartUploadParts")],
        [(Level.Object, "DELETE", "uploadId")] = [new("AbortMultipartUpload")],
    };

    // GetX and PutX; the permission to put a configuration includes its deletion.
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["acl"] = "BucketAcl",
        ["cors"] = "BucketCORS",
        ["encryption"] = "EncryptionConfiguration",
        ["lifecycle"] = "LifecycleConfiguration",
        ["object-lock"] = "BucketObjectLockConfiguration",
        ["ownershipControls"] = "BucketOwnershipControls",
        ["policy"] = "BucketPolicy",
        ["publicAccessBlock"] = "BucketPublicAccessBlock",
        ["tagging"] = "BucketTagging",
        ["versioning"] = "BucketVersioning",
    };

    /// <summary>The actions of a form that a browser posts.</summary>
    public static IReadOnlyList<RequiredAction> OfForms => Known[(Level.Bucket, "POST", "")];

    /// <summary>
    /// The actions of an operation. One that the store does not have is refused later; the name of its action matches
    /// only <c>s3:*</c>.
    /// </summary>
    public static IReadOnlyList<RequiredAction> Of(Level level, string method, string subResource) =>
        Find(level, method, subResource) ?? [new RequiredAction("Unknown")];

    /// <summary>Finds the actions of an operation; null if the table does not have it.</summary>
    public static IReadOnlyList<RequiredAction>? Find(Level level, string method, string subResource)
    {
        if (Known.TryGetValue((level, method, subResource), out var actions))
            return actions;
        return level == Level.Bucket && Settings.TryGetValue(subResource, out var setting)
            ? [new RequiredAction((method == "GET" ? "Get" : "Put") + setting)]
            : null;
    }

    // "To put tags of any other version, use the versionId query parameter. You also need permission for …": the
    // second one is needed in addition.
    private static RequiredAction[] OfVersions(
        string name, string ofVersion, ActionMoment moment = ActionMoment.Arrival) =>
        [new(name, moment), new(ofVersion, moment) { NamesVersion = true }];
}
