using Esb.Objects.Errors;
using Esb.Objects.Requests;

namespace Esb.Objects;

/// <summary>
/// What the caller of a request may do. An operation reports here what nobody knows before it runs; which actions that
/// needs is in the table of operations.
/// </summary>
internal interface IRequestAccess
{
    /// <summary>Checks what the document in the body asks for.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    void VerifyDocument(Attachments attachments);

    /// <summary>Checks one of the keys that the document in the body lists.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    void VerifyListed(string key, string? version, string? etag);

    /// <summary>Checks the source of a copy, which need not exist.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    void VerifySource(string bucket, string key, string? version);

    /// <summary>Checks the tags that a copy takes over from its source.</summary>
    /// <exception cref="S3Exception">AccessDenied.</exception>
    void VerifySourceTags(IReadOnlyDictionary<string, string> tags);

    /// <summary>Whether the answer may have a header that some callers do not get.</summary>
    bool MayBeTold(string header);

    /// <summary>
    /// The error that the caller sees: AccessDenied instead of one that tells that an object does not exist, if the
    /// caller may not list the bucket. Source: Amazon S3 API Reference, GetObject, "Permissions".
    /// </summary>
    /// <param name="error">The error.</param>
    /// <param name="bucket">The bucket of the object; null for that of the request.</param>
    S3Exception Shown(S3Exception error, string? bucket = null);
}
