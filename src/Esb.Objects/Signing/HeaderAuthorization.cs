using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Schema.Http;
using Esb.Signatures;

namespace Esb.Objects.Signing;

/// <summary>
/// Reads <c>Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…</c>, as described in
/// "Authenticating requests: using the Authorization header" of the S3 API reference.
/// </summary>
internal static class HeaderAuthorization
{
    public static ClaimedSignature Parse(string authorization, IHeaderDictionary headers)
    {
        if (!authorization.StartsWith(ClaimedSignature.Algorithm + " ", StringComparison.Ordinal))
        {
            throw S3Errors.InvalidRequest(
                "The authorization mechanism you have provided is not supported. "
                    + $"Please use {ClaimedSignature.Algorithm}.");
        }

        var fields = Fields(authorization[ClaimedSignature.Algorithm.Length..]);
        var scope = CredentialScope.Parse(Required(fields, "Credential"), RequestAuthenticator.Service)
            ?? throw AccessErrors.MalformedHeader("the Credential is not AKID/YYYYMMDD/REGION/s3/aws4_request");
        var time = ClaimedSignature.ParseTime(headers["x-amz-date"]) ?? HeaderText.ParseHttpDate(headers.Date)
            ?? throw AccessErrors.AccessDenied("AWS authentication requires a valid Date or x-amz-date header");
        var claimed = new ClaimedSignature(
            scope,
            Required(fields, "SignedHeaders").Split(';'),
            Required(fields, "Signature"),
            time,
            PayloadHash(headers));
        return claimed.TimeText.StartsWith(scope.Date, StringComparison.Ordinal)
            ? claimed
            : throw AccessErrors.MalformedHeader("the date of the Credential is not the date of the request");
    }

    private static Dictionary<string, string> Fields(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in OptionalWhitespace.Split(text, ','))
        {
            var equals = part.IndexOf('=');
            if (equals > 0)
                fields[part[..equals]] = part[(equals + 1)..];
        }

        return fields;
    }

    private static string Required(Dictionary<string, string> fields, string name) =>
        fields.TryGetValue(name, out var value) && value.Length > 0
            ? value
            : throw AccessErrors.MalformedHeader($"it has no {name}");

    private static string PayloadHash(IHeaderDictionary headers)
    {
        var hash = headers["x-amz-content-sha256"].ToString();
        return hash.Length > 0
            ? hash
            : throw S3Errors.InvalidRequest("Missing required header for this request: x-amz-content-sha256");
    }
}
