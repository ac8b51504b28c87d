using System.Text;
using Esb.Objects.Errors;
using Esb.Objects.Signing;
using Esb.Schema.Http;

namespace Esb.Objects.Chunked;

/// <summary>
/// Reads the headers between the last chunk and the empty line or the end of the body, and verifies their signature.
/// </summary>
internal static class TrailerReader
{
    private const string SignatureName = "x-amz-trailer-signature";
    private const int MaxTrailers = 20;
    private const int MaxLength = 8 * 1024;

    public static async ValueTask<IReadOnlyDictionary<string, string>> ReadAsync(
        BodyLines body,
        ChunkSignatures? signatures,
        bool expected,
        CancellationToken cancellation)
    {
        var trailers = new Dictionary<string, string>(StringComparer.Ordinal);
        var signed = new StringBuilder();
        while (await body.ReadLineOrEndAsync(cancellation) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            if (colon <= 0 || trailers.Count == MaxTrailers || signed.Length + line.Length > MaxLength)
                throw BodyErrors.MalformedTrailer("a line is not a header, or there are too many");
            var name = OptionalWhitespace.Trim(line[..colon]).ToLowerInvariant();
            var value = OptionalWhitespace.Trim(line[(colon + 1)..]);
            if (!trailers.TryAdd(name, value))
                throw BodyErrors.MalformedTrailer($"{name} stands twice");
            if (name != SignatureName)
                signed.Append(name).Append(':').Append(value).Append('\n');
        }

        if (!expected && trailers.Count > 0)
            throw BodyErrors.MalformedTrailer("none was announced by x-amz-content-sha256");
        signatures?.VerifyTrailer(
            Encoding.Latin1.GetBytes(signed.ToString()),
            trailers.GetValueOrDefault(SignatureName) ?? throw AccessErrors.SignatureDoesNotMatch());
        return trailers;
    }
}
