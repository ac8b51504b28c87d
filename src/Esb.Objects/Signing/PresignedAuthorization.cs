using System.Globalization;
using Esb.Objects.Errors;
using Esb.Objects.Requests;
using Esb.Signatures;

namespace Esb.Objects.Signing;

/// <summary>
/// Reads the <c>X-Amz-*</c> parameters of a presigned URL ("Authenticating requests: using query parameters").
/// </summary>
internal static class PresignedAuthorization
{
    /// <summary>The parameter with the announced hash of the body.</summary>
    public const string ContentHash = "X-Amz-Content-Sha256";

    private const int LongestSeconds = 604_800;

    public static bool IsIn(QueryParameters query) => query.Has("X-Amz-Algorithm") || query.Has("X-Amz-Signature");

    public static ClaimedSignature Parse(QueryParameters query)
    {
        if (Required(query, "X-Amz-Algorithm") != ClaimedSignature.Algorithm)
            throw AccessErrors.MalformedQuery($"X-Amz-Algorithm only supports \"{ClaimedSignature.Algorithm}\"");
        var scope = CredentialScope.Parse(Required(query, "X-Amz-Credential"), RequestAuthenticator.Service)
            ?? throw AccessErrors.MalformedQuery("X-Amz-Credential must be AKID/YYYYMMDD/REGION/s3/aws4_request");
        var time = ClaimedSignature.ParseTime(Required(query, "X-Amz-Date"))
            ?? throw AccessErrors.MalformedQuery(
                "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        var claimed = new ClaimedSignature(
            scope,
            Required(query, "X-Amz-SignedHeaders").Split(';'),
            Required(query, "X-Amz-Signature"),
            time,
            query[ContentHash] ?? "UNSIGNED-PAYLOAD",
            Lifetime(Required(query, "X-Amz-Expires")));
        return claimed.TimeText.StartsWith(scope.Date, StringComparison.Ordinal)
            ? claimed
            : throw AccessErrors.MalformedQuery("the date of X-Amz-Credential is not the date of X-Amz-Date");
    }

    private static TimeSpan Lifetime(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= LongestSeconds
            ? TimeSpan.FromSeconds(seconds)
            : throw AccessErrors.MalformedQuery($"X-Amz-Expires must be between 1 and {LongestSeconds} seconds");

    private static string Required(QueryParameters query, string name) =>
        query[name] is { Length: > 0 } value
            ? value
            : throw AccessErrors.MalformedQuery($"Query-string authentication version 4 requires {name}");
}
