using System.Globalization;

namespace Esb.Signatures;

/// <summary>The Signature Version 4 that a request presents, in the Authorization header or in the query.</summary>
/// <param name="Scope">The access key, day and region.</param>
/// <param name="SignedHeaders">
/// The names of the signed headers, in lower case and in the order in which they were signed.
/// </param>
/// <param name="Signature">The signature, in hexadecimal.</param>
/// <param name="Time">The time of signing.</param>
/// <param name="PayloadHash">The value that was signed for the body: a hash, or a keyword instead of one.</param>
/// <param name="ValidFor">How long after <paramref name="Time"/> a presigned URL is valid; null for a header.</param>
public sealed record ClaimedSignature(
    CredentialScope Scope,
    IReadOnlyList<string> SignedHeaders,
    string Signature,
    DateTimeOffset Time,
    string PayloadHash,
    TimeSpan? ValidFor = null)
{
    /// <summary>The name of the algorithm, as it appears in requests.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>The time in the form in which it is signed.</summary>
    public string TimeText => Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Parses a time in the form that requests use; null for any other text.</summary>
    public static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParseExact(
            text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
