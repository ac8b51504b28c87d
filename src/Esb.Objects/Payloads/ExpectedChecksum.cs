using Esb.Objects.Checksums;
using Esb.Objects.Errors;
using Esb.Schema.Http;

namespace Esb.Objects.Payloads;

/// <summary>
/// The checksum that a request announces for its body: in a header or, if the value is null, in a trailer after the
/// body.
/// </summary>
internal sealed record ExpectedChecksum(ChecksumAlgorithm Algorithm, string? HeaderValue)
{
    /// <summary>Null when the request announces none.</summary>
    public static ExpectedChecksum? From(IHeaderDictionary headers)
    {
        var inHeaders = ChecksumAlgorithm.All.Where(a => headers.ContainsKey(a.Header)).ToList();
        if (inHeaders.Count > 1)
            throw S3Errors.InvalidRequest(
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        if (inHeaders is [var algorithm])
            return new ExpectedChecksum(algorithm, Verified(algorithm, headers[algorithm.Header].ToString()));
        if (InTrailer(headers["x-amz-trailer"].ToString()) is { } promised)
            return new ExpectedChecksum(promised, null);
        return headers.ContainsKey("x-amz-sdk-checksum-algorithm") && !headers.ContainsKey("Content-MD5")
            ? throw S3Errors.InvalidRequest(
                "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer "
                    + "headers were found.")
            : null;
    }

    /// <exception cref="S3Exception">
    /// BadDigest, or MalformedTrailerError when the announced trailer is missing.
    /// </exception>
    public void Verify(Checksum computed, IReadOnlyDictionary<string, string> trailers)
    {
        var expected = HeaderValue
            ?? trailers.GetValueOrDefault(Algorithm.Header)
            ?? throw BodyErrors.MalformedTrailer($"{Algorithm.Header} was announced and is missing");
        if (expected != computed.Value)
            throw BodyErrors.BadDigest(Algorithm.Name);
    }

    private static ChecksumAlgorithm? InTrailer(string names) => OptionalWhitespace.Split(names, ',')
        .Select(ChecksumAlgorithm.ByHeader)
        .FirstOrDefault(a => a is not null);

    private static string Verified(ChecksumAlgorithm algorithm, string value)
    {
        var bytes = new byte[algorithm.Length + 3];
        return Convert.TryFromBase64String(value, bytes, out var length) && length == algorithm.Length
            ? value
            : throw S3Errors.InvalidRequest($"Value for {algorithm.Header} header is invalid.");
    }
}
