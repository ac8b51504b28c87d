using System.Globalization;
using Esb.Objects.Errors;
using Esb.Schema.Http;

namespace Esb.Objects.Chunked;

/// <summary>
/// The line before a chunk: <c>10000;chunk-signature=ad80…</c>, or only the size for unsigned chunks.
/// </summary>
internal readonly record struct ChunkHeader(long Size, string? Signature)
{
    private const string SignatureName = "chunk-signature=";

    public static ChunkHeader Parse(string line)
    {
        var semicolon = line.IndexOf(';');
        var size = semicolon < 0 ? line : line[..semicolon];
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bytes)
            || bytes < 0)
            throw BodyErrors.BrokenChunk("a chunk has no hexadecimal size");
        var extension = semicolon < 0 ? "" : OptionalWhitespace.Trim(line[(semicolon + 1)..]);
        var isSigned = extension.StartsWith(SignatureName, StringComparison.Ordinal);
        return new ChunkHeader(bytes, isSigned ? extension[SignatureName.Length..] : null);
    }
}
