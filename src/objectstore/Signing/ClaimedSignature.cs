using System.Globalization;

namespace Esb.ObjectStore.Signing;

/// <summary>What a request claims about its Signature Version 4, wherever it said so: the Authorization header or the query.</summary>
/// <param name="Scope">Whose key, for which day and region.</param>
/// <param name="SignedHeaders">The names, in lower case and in the order signed.</param>
/// <param name="Signature">The signature itself, in hex.</param>
/// <param name="Time">When it was signed.</param>
/// <param name="PayloadHash">What was signed as the hash of the body, a hash or one of the words that stand for one.</param>
/// <param name="ValidFor">How long after <paramref name="Time"/> a presigned URL holds; null for a header.</param>
internal sealed record ClaimedSignature(
    CredentialScope Scope,
    IReadOnlyList<string> SignedHeaders,
    string Signature,
    DateTimeOffset Time,
    string PayloadHash,
    TimeSpan? ValidFor = null)
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    public string TimeText => Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
