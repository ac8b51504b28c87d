using Esb.Objects.Checksums;
using Esb.Objects.Errors;

namespace Esb.Objects.Requests;

/// <summary>
/// Rules for request headers that apply to all operations. A header that asks for protection which the store cannot
/// give is refused by name: ignoring it would break a promise that the caller relies on.
/// </summary>
internal static class HeaderRules
{
    /// <summary>A canned access control list.</summary>
    public const string AccessControlList = "x-amz-acl";

    /// <summary>The only account of a platform.</summary>
    private const string Account = "000000000000";

    private const string Checksums = "x-amz-checksum-";

    private static readonly string[] Unsupported =
    [
        "x-amz-server-side-encryption-customer-algorithm",
        "x-amz-copy-source-server-side-encryption-customer-algorithm", "x-amz-write-offset-bytes",
        "x-amz-website-redirect-location", "x-amz-if-match-initiated-time", "x-amz-mfa",
    ];

    // The canned ACLs that change nothing in a bucket that has a single owner and no ACLs.
    private static readonly string[] OwnersLists = ["private", "bucket-owner-full-control"];

    // All classes are stored in the same way. Classes that belong to other kinds of buckets are not in this list.
    private static readonly string[] StorageClasses =
    [
        "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
        "GLACIER_IR",
    ];

    private static readonly string[] Encryptions = ["AES256", "aws:kms", "aws:kms:dsse"];

    private static readonly string[] AboutChecksums = [Checksums + "algorithm", Checksums + "type", Checksums + "mode"];

    /// <exception cref="S3Exception">A header that cannot be honoured.</exception>
    public static void Verify(IHeaderDictionary headers)
    {
        if (Unsupported.FirstOrDefault(headers.ContainsKey) is { } header)
            throw S3Errors.NotImplemented($"The header {header}");
        VerifyOwner(headers["x-amz-expected-bucket-owner"].ToString());
        VerifyOwner(headers["x-amz-source-expected-bucket-owner"].ToString());
        if (!IsOneOf(OwnersLists, headers[AccessControlList].ToString())
            || headers.Keys.Any(name => StartsWith(name, "x-amz-grant-")))
            throw S3Errors.ListsNotSupported();
        if (!IsOneOf(StorageClasses, headers["x-amz-storage-class"].ToString()))
            throw S3Errors.InvalidStorageClass();
        if (!IsOneOf(Encryptions, headers["x-amz-server-side-encryption"].ToString()))
            throw S3Errors.InvalidEncryption(headers["x-amz-server-side-encryption"].ToString());
        if (headers.Keys.FirstOrDefault(IsUnknownChecksum) is { } checksum)
            throw S3Errors.NotImplemented($"The header {checksum}");
    }

    /// <summary>Refuses headers that have a meaning in other operations alone.</summary>
    /// <exception cref="S3Exception">NotImplemented.</exception>
    public static void Refuse(IHeaderDictionary headers, IEnumerable<string> names)
    {
        if (names.FirstOrDefault(headers.ContainsKey) is { } header)
            throw S3Errors.NotImplemented($"The header {header} in this request");
    }

    private static void VerifyOwner(string expected)
    {
        if (expected.Length > 0 && expected != Account)
            throw AccessErrors.AccessDenied();
    }

    private static bool IsOneOf(string[] known, string value) =>
        value.Length == 0 || known.Contains(value, StringComparer.Ordinal);

    private static bool IsUnknownChecksum(string name) =>
        StartsWith(name, Checksums)
            && ChecksumAlgorithm.ByHeader(name) is null
            && !AboutChecksums.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool StartsWith(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
