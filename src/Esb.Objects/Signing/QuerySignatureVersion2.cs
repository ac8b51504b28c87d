using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Schema.Http;
using Esb.Signatures;

namespace Esb.Objects.Signing;

/// <summary>
/// Presigned URLs of version 2 (<c>?AWSAccessKeyId=…&amp;Signature=…&amp;Expires=…</c>), because boto3 still creates
/// these by default in us-east-1. Source: Amazon S3 User Guide, "Signing and authenticating REST requests (Signature
/// Version 2)".
/// </summary>
internal static class QuerySignatureVersion2
{
    // The sub-resources and overrides that are part of the signed resource, as in SDKs that use this version.
    private static readonly HashSet<string> SignedParameters =
    [
        "accelerate", "acl", "analytics", "cors", "defaultObjectAcl", "delete", "inventory", "lifecycle", "location",
        "logging", "metrics", "notification", "object-lock", "partNumber", "policy", "replication", "requestPayment",
        "restore", "select", "select-type", "storageClass", "tagging", "torrent", "uploadId", "uploads", "versionId",
        "versioning", "versions", "website", "response-cache-control", "response-content-disposition",
        "response-content-encoding", "response-content-language", "response-content-type", "response-expires",
    ];

    public static bool IsIn(QueryParameters query) => query.Has("AWSAccessKeyId") && query.Has("Signature");

    public static void Verify(HttpRequest request, Target target, Credentials credentials, DateTimeOffset now)
    {
        var accessKeyId = target.Query["AWSAccessKeyId"]!;
        if (!SigningKey.Matches(credentials.AccessKeyId, accessKeyId))
            throw AccessErrors.InvalidAccessKeyId(accessKeyId);
        if (SubResource.All(target.Query).FirstOrDefault(IsUnsigned) is { } unsigned)
            throw AccessErrors.AccessDenied(
                $"A URL of Signature Version 2 does not cover '{unsigned}'; sign with Signature Version 4");
        var expires = target.Query["Expires"] ?? "";
        if (!Paths(target).Any(path => IsSignatureOf(
            StringToSign(request, target, path, expires), target.Query["Signature"]!, credentials)))
            throw AccessErrors.SignatureDoesNotMatch();
        if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            throw AccessErrors.AccessDenied("Invalid date (should be seconds since epoch)");
        if (now.ToUnixTimeSeconds() > seconds)
            throw AccessErrors.AccessDenied("Request has expired");
    }

    // Whoever has the URL could add such a parameter and so change the request. With list-type, a listing stays a
    // listing.
    private static bool IsUnsigned(string subResource) =>
        !SignedParameters.Contains(subResource) && subResource != "list-type";

    private static bool IsSignatureOf(string text, string signature, Credentials credentials)
    {
        // This version requires SHA-1; as an HMAC it does not have the weakness of plain SHA-1.
#pragma warning disable CA5350
        var expected = HMACSHA1.HashData(
            Encoding.UTF8.GetBytes(credentials.SecretAccessKey), Encoding.Latin1.GetBytes(text));
#pragma warning restore CA5350
        return SigningKey.Matches(Convert.ToBase64String(expected), signature);
    }

    private static string StringToSign(HttpRequest request, Target target, string path, string expires)
    {
        var headers = request.Headers;
        var text = new StringBuilder();
        text.Append(request.Method).Append('\n').Append(headers["Content-MD5"]).Append('\n');
        text.Append(headers.ContentType).Append('\n').Append(expires).Append('\n');
        foreach (var (name, value) in AmazonHeaders(headers, target.Query))
            text.Append(name).Append(':').Append(value).Append('\n');
        return text.Append(Resource(target, path)).ToString();
    }

    // Parameters that stand for headers are signed as headers.
    private static SortedDictionary<string, string> AmazonHeaders(IHeaderDictionary headers, QueryParameters query)
    {
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in headers.Keys.Select(k => k.ToLowerInvariant()).Where(IsAmazon))
            signed[name] = string.Join(',', headers[name].Select(v => OptionalWhitespace.Trim(v ?? "")));
        foreach (var (name, value) in query.All.Where(parameter => HoistedHeaders.Is(parameter.Key)))
            signed.TryAdd(name.ToLowerInvariant(), OptionalWhitespace.Trim(HeaderText.FromUnicode(value)));
        return signed;
    }

    private static bool IsAmazon(string header) => header.StartsWith("x-amz-", StringComparison.Ordinal);

    // Unlike in version 4, the resource always starts with the bucket, even when the bucket is in the host name. For a
    // bucket itself some clients sign the path as sent, and others, boto3 among them, with a final slash.
    private static string[] Paths(Target target) => target switch
    {
        { Bucket: null } => ["/"],
        { Key: null } => [$"/{target.Bucket}/", $"/{target.Bucket}"],
        _ => [$"/{target.Bucket}/{target.Key}"],
    };

    private static string Resource(Target target, string path)
    {
        var signed = target.Query.All
            .Where(p => SignedParameters.Contains(p.Key))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Value.Length == 0 ? p.Key : $"{p.Key}={p.Value}");
        var query = string.Join('&', signed);
        return UriText.Encode(path, keepSlashes: true) + (query.Length == 0 ? "" : "?" + query);
    }
}
