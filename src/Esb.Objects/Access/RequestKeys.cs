using System.Globalization;
using Esb.Objects.Errors;
using Esb.Objects.Locking;
using Esb.Objects.Requests;

namespace Esb.Objects.Access;

/// <summary>
/// The condition keys of S3 that requests to the store have. Sources: Service Authorization Reference, "Condition keys
/// for Amazon S3"; Amazon S3 API Reference, "Amazon S3 Signature Version 4 authentication specific policy keys".
/// </summary>
internal static class RequestKeys
{
    private const string ExistingTag = "s3:ExistingObjectTag/";
    private const string RequestTag = "s3:RequestObjectTag/";
    private const string Prefix = "s3:";

    // Their value is that of the header of the same name.
    private static readonly HashSet<string> OfHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "s3:x-amz-acl", "s3:x-amz-bucket-namespace", "s3:x-amz-grant-full-control", "s3:x-amz-grant-read",
        "s3:x-amz-grant-read-acp", "s3:x-amz-grant-write", "s3:x-amz-grant-write-acp", "s3:x-amz-metadata-directive",
        "s3:x-amz-object-annotation-directive", "s3:x-amz-object-ownership", "s3:x-amz-server-side-encryption",
        "s3:x-amz-server-side-encryption-aws-kms-key-id", "s3:x-amz-server-side-encryption-customer-algorithm",
        "s3:x-amz-storage-class", "s3:x-amz-website-redirect-location",
    };

    private static readonly Dictionary<string, ConditionKey> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["s3:authType"] = ConditionKey.Of(request => request.Call.Authentication.Signed?.Place),
        ["s3:delimiter"] = OfQuery("delimiter"),
        ["s3:if-match"] = ConditionKey.Of(request => IsConditional(request) ? request.IfMatch : null),
        ["s3:if-none-match"] = ConditionKey.Of(request =>
            IsConditional(request) ? request.Call.Header("If-None-Match") : null),
        ["s3:max-keys"] = OfQuery("max-keys"),
        ["s3:ObjectCreationOperation"] = ConditionKey.Of(CreatesObject),
        ["s3:object-lock-legal-hold"] = Attached(request => request.Attachments.LegalHold),
        ["s3:object-lock-mode"] = Attached(request => request.Attachments.LockMode),
        ["s3:object-lock-remaining-retention-days"] = Attached(RemainingDays),
        ["s3:object-lock-retain-until-date"] = Attached(request => request.Attachments.LockUntil),
        ["s3:prefix"] = OfQuery("prefix"),
        ["s3:RequestObjectTagKeys"] = new(request => [.. request.Attachments.Tags.Select(tag => tag.Key)])
        {
            IsAttached = true,
        },
        ["s3:ResourceAccount"] = ConditionKey.Of(_ => AccessRequest.Account),
        ["s3:signatureAge"] = ConditionKey.Of(SignatureAge),
        ["s3:signatureversion"] = ConditionKey.Of(request => request.Call.Authentication.Signed?.Version),
        // As if the connection were encrypted, as aws:SecureTransport says.
        ["s3:TlsVersion"] = ConditionKey.Of(_ => "1.3"),
        ["s3:versionid"] = ConditionKey.Of(request => request.Version),
        ["s3:x-amz-content-sha256"] = ConditionKey.Of(request =>
            request.Call.Authentication.Signed?.PayloadHash ?? request.Call.Header("x-amz-content-sha256")),
        ["s3:x-amz-copy-source"] = ConditionKey.Of(CopySource) with { Prepare = pattern => pattern.TrimStart('/') },
    };

    /// <summary>Finds a key by its name; null if requests do not have it.</summary>
    public static ConditionKey? Find(string name)
    {
        if (OfHeaders.Contains(name))
            return ConditionKey.Of(request => request.Call.Header(name[Prefix.Length..]));
        if (IsTag(ExistingTag, name))
            return ConditionKey.Of(request => request.ExistingTags().GetValueOrDefault(name[ExistingTag.Length..]));
        if (IsTag(RequestTag, name))
        {
            var tag = name[RequestTag.Length..];
            return new ConditionKey(request =>
                [.. request.Attachments.Tags.Where(sent => sent.Key == tag).Select(sent => sent.Value)])
            {
                IsAttached = true,
            };
        }

        return Known.GetValueOrDefault(name);
    }

    private static bool IsTag(string family, string name) =>
        name.Length > family.Length && name.StartsWith(family, StringComparison.OrdinalIgnoreCase);

    private static ConditionKey OfQuery(string parameter) =>
        ConditionKey.Of(request => request.Call.Target.Query[parameter]);

    private static ConditionKey Attached(Func<AccessRequest, string?> value) =>
        ConditionKey.Of(value) with { IsAttached = true };

    // Others ignore the headers, so that these must not meet a policy that asks for them.
    private static bool IsConditional(AccessRequest request) => (request.Call.Method, request.Call.Operation) is
        ("PUT", "" or SubResource.Copy) or ("POST", "uploadId" or "delete") or ("DELETE", "");

    // "True" for what makes an object, "false" for the other operations that need PutObject.
    private static string? CreatesObject(AccessRequest request) => (request.Call.Method, request.Call.Operation) switch
    {
        _ when request.Action != "s3:PutObject" => null,
        ("POST", "uploads") or ("PUT", "uploadId" or "uploadId" + SubResource.Copy) => "false",
        _ => "true",
    };

    // A begun day counts, so that a retention of ten days is not over ten when it arrives.
    private static string? RemainingDays(AccessRequest request) =>
        Retention.ParseTime(request.Attachments.LockUntil) is { } until
            ? Math.Ceiling((until - request.Now).TotalDays).ToString(CultureInfo.InvariantCulture)
            : null;

    // In milliseconds. "In Signature Version 2, this value is always set to 0."
    private static string? SignatureAge(AccessRequest request)
    {
        if (request.Call.Authentication.Signed is not { } signed)
            return null;
        var age = request.Now - (signed.Time ?? request.Now);
        return Math.Max(0, Math.Floor(age.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
    }

    // Clients write it with a slash at its beginning or without one, and with any escapes.
    private static string? CopySource(AccessRequest request)
    {
        if (request.Call.Header("x-amz-copy-source") is not { } header)
            return null;
        var question = header.IndexOf("?versionId=", StringComparison.Ordinal);
        try
        {
            return UriText.Decode(question < 0 ? header : header.AsSpan(0, question)).TrimStart('/');
        }
        catch (S3Exception)
        {
            // The operation refuses it.
            return header;
        }
    }
}
