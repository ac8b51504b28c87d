namespace Esb.Objects.Tests.Access;

/// <summary>
/// Requests for each operation of the store, with the actions that S3 documents for them. A new operation needs a row,
/// and so does each header of a request that needs another action.
/// </summary>
public static class OperationRows
{
    private const string Copy = "x-amz-copy-source=B/k";

    private const string Lock =
        "x-amz-object-lock-mode=GOVERNANCE&x-amz-object-lock-retain-until-date=2099-01-01T00:00:00Z";

    public static readonly IReadOnlyList<OperationRow> Rows =
    [
        new("PUT", "", "", "CreateBucket"),
        new(
            "PUT", "", "x-amz-bucket-object-lock-enabled=true&x-amz-acl=private&x-amz-object-ownership=ObjectWriter",
            "CreateBucket", "PutBucketAcl", "PutBucketObjectLockConfiguration", "PutBucketVersioning",
            "PutBucketOwnershipControls"),
        new("HEAD", "", "", "ListBucket"),
        new("DELETE", "", "", "DeleteBucket"),
        new("GET", "", "", "ListBucket"),
        new("GET", "", "list-type=2", "ListBucket"),
        new("GET", "", "versions", "ListBucketVersions"),
        new("GET", "", "uploads", "ListBucketMultipartUploads"),
        new("GET", "", "location", "GetBucketLocation"),
        new("GET", "", "policyStatus", "GetBucketPolicyStatus"),
        new("GET", "", "versioning", "GetBucketVersioning"),
        new("PUT", "", "versioning", "PutBucketVersioning"),
        new("GET", "", "object-lock", "GetBucketObjectLockConfiguration"),
        new("PUT", "", "object-lock", "PutBucketObjectLockConfiguration"),
        new("GET", "", "lifecycle", "GetLifecycleConfiguration"),
        new("PUT", "", "lifecycle", "PutLifecycleConfiguration"),
        new("DELETE", "", "lifecycle", "PutLifecycleConfiguration"),
        new("GET", "", "cors", "GetBucketCORS"),
        new("PUT", "", "cors", "PutBucketCORS"),
        new("DELETE", "", "cors", "PutBucketCORS"),
        new("GET", "", "policy", "GetBucketPolicy"),
        new("PUT", "", "policy", "PutBucketPolicy"),
        new("DELETE", "", "policy", "DeleteBucketPolicy"),
        new("GET", "", "tagging", "GetBucketTagging"),
        new("PUT", "", "tagging", "PutBucketTagging"),
        new("DELETE", "", "tagging", "PutBucketTagging"),
        new("GET", "", "encryption", "GetEncryptionConfiguration"),
        new("PUT", "", "encryption", "PutEncryptionConfiguration"),
        new("DELETE", "", "encryption", "PutEncryptionConfiguration"),
        new("GET", "", "publicAccessBlock", "GetBucketPublicAccessBlock"),
        new("PUT", "", "publicAccessBlock", "PutBucketPublicAccessBlock"),
        new("DELETE", "", "publicAccessBlock", "PutBucketPublicAccessBlock"),
        new("GET", "", "ownershipControls", "GetBucketOwnershipControls"),
        new("PUT", "", "ownershipControls", "PutBucketOwnershipControls"),
        new("DELETE", "", "ownershipControls", "PutBucketOwnershipControls"),
        new("POST", "", "delete", "DeleteObject") { Body = Listed("") },
        new("POST", "", "delete", "DeleteObject", "GetObject")
        {
            Body = Listed("<ETag>c4ca4238a0b923820dcc509a6f75849b</ETag>"),
        },
        new("POST", "", "delete&x-amz-bypass-governance-retention=true", "DeleteObject", "BypassGovernanceRetention")
        {
            Body = Listed(""),
        },
        new("POST", "", "delete", "DeleteObjectVersion")
        {
            Body = Listed("<VersionId>null</VersionId>"),
        },

        new("GET", "k", "", "GetObject"),
        new("GET", "k", "versionId=V", "GetObjectVersion"),
        new("HEAD", "k", "", "GetObject"),
        new("HEAD", "k", "versionId=V", "GetObjectVersion"),
        new("PUT", "new", "", "PutObject"),
        new("PUT", "new", "x-amz-tagging=a%3Db", "PutObject", "PutObjectTagging"),
        new("PUT", "new", "x-amz-acl=private", "PutObject", "PutObjectAcl"),
        new("PUT", "new", Lock, "PutObject", "PutObjectRetention"),
        new("PUT", "new", "x-amz-object-lock-legal-hold=ON", "PutObject", "PutObjectLegalHold"),
        new("PUT", "k", "", "PutObject", "GetObject") { IfMatch = "\"c4ca4238a0b923820dcc509a6f75849b\"" },
        new("PUT", "k", "", "PutObject") { IfMatch = "*" },
        new(
            "PUT", "copy", Copy, "GetObject", "GetObjectTagging", "PutObject", "PutObjectTagging"),
        new(
            "PUT", "copy", Copy + "?versionId=V", "GetObjectVersion", "GetObjectTagging", "GetObjectVersionTagging",
            "PutObject", "PutObjectTagging"),
        new("PUT", "copy", Copy + "&x-amz-tagging-directive=REPLACE", "GetObject", "PutObject"),
        new(
            "PUT", "copy", Copy + "&x-amz-tagging-directive=REPLACE&x-amz-tagging=a%3Db&x-amz-acl=private&" + Lock
                + "&x-amz-object-lock-legal-hold=ON",
            "GetObject", "PutObject", "PutObjectTagging", "PutObjectAcl", "PutObjectRetention", "PutObjectLegalHold"),
        new("DELETE", "k", "", "DeleteObject"),
        new("DELETE", "k", "", "DeleteObject", "GetObject") { IfMatch = "\"c4ca4238a0b923820dcc509a6f75849b\"" },
        new("DELETE", "k", "versionId=V", "DeleteObjectVersion"),
        new(
            "DELETE", "k", "versionId=V&x-amz-bypass-governance-retention=true",
            "DeleteObjectVersion", "BypassGovernanceRetention"),
        new("GET", "k", "tagging", "GetObjectTagging"),
        new("GET", "k", "tagging&versionId=V", "GetObjectTagging", "GetObjectVersionTagging"),
        new("PUT", "k", "tagging", "PutObjectTagging") { Body = "<Tagging><TagSet></TagSet></Tagging>" },
        new("PUT", "k", "tagging&versionId=V", "PutObjectTagging", "PutObjectVersionTagging")
        {
            Body = "<Tagging><TagSet></TagSet></Tagging>",
        },
        new("DELETE", "k", "tagging", "DeleteObjectTagging"),
        new("DELETE", "k", "tagging&versionId=V", "DeleteObjectTagging", "DeleteObjectVersionTagging"),
        new("GET", "k", "retention", "GetObjectRetention"),
        new("PUT", "k", "retention", "PutObjectRetention") { Body = "<Retention></Retention>" },
        new(
            "PUT", "k", "retention&x-amz-bypass-governance-retention=true",
            "PutObjectRetention", "BypassGovernanceRetention")
        {
            Body = "<Retention></Retention>",
        },
        new("GET", "k", "legal-hold", "GetObjectLegalHold"),
        new("PUT", "k", "legal-hold", "PutObjectLegalHold") { Body = "<LegalHold><Status>OFF</Status></LegalHold>" },

        new("POST", "new", "uploads", "PutObject"),
        new(
            "POST", "new", "uploads&x-amz-tagging=a%3Db&x-amz-acl=private&" + Lock + "&x-amz-object-lock-legal-hold=ON",
            "PutObject", "PutObjectTagging", "PutObjectAcl", "PutObjectRetention", "PutObjectLegalHold"),
        new("PUT", "mp", "uploadId=U&partNumber=1", "PutObject"),
        new("PUT", "mp", "uploadId=U&partNumber=1&" + Copy, "PutObject", "GetObject"),
        new("PUT", "mp", "uploadId=U&partNumber=1&" + Copy + "?versionId=V", "PutObject", "GetObjectVersion"),
        new("POST", "mp", "uploadId=U", "PutObject"),
        new("POST", "mp", "uploadId=U", "PutObject", "GetObject") { IfMatch = "\"e\"" },
        new("GET", "mp", "uploadId=U", "ListMultipartUploadParts"),
        new("DELETE", "mp", "uploadId=U", "AbortMultipartUpload"),
    ];

    public static IEnumerable<Func<OperationRow>> All() => Rows.Select(row => new Func<OperationRow>(() => row));

    private static string Listed(string more) => $"<Delete><Object><Key>k</Key>{more}</Object></Delete>";
}
