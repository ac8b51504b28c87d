using System.Text;

namespace Esb.Gateway.Listening;

/// <summary>
/// Decodes header values on connections that several clients may share. Kestrel treats an invalid value (not UTF-8, or
/// with CR, LF or NUL) as an error of the whole connection. Here the value becomes a mark, and
/// <see cref="RequestHead"/> refuses only the request that contains it.
/// </summary>
internal sealed unsafe class HeaderEncoding : Encoding
{
    /// <summary>A Unicode noncharacter; a client that sends this character is refused too.</summary>
    public const char Mark = '\uffff';

    private static readonly Encoding Utf8 = GetEncoding(
        "utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(Mark.ToString()));

    private readonly bool _trims;

    private HeaderEncoding(bool trims) => _trims = trims;

    /// <summary>
    /// For header fields. Surrounding whitespace is not part of a value, just as over HTTP/1.1 (RFC 9110, 5.5);
    /// Kestrel's HTTP/2 would keep it.
    /// </summary>
    public static HeaderEncoding OfFields { get; } = new(trims: true);

    /// <summary>For HTTP/2's pseudo-header fields, where whitespace is invalid.</summary>
    public static HeaderEncoding OfLine { get; } = new(trims: false);

    public override int GetCharCount(byte* bytes, int count)
    {
        var value = Value(new ReadOnlySpan<byte>(bytes, count));
        return Utf8.GetCharCount(value);
    }

    public override int GetChars(byte* bytes, int byteCount, char* chars, int charCount)
    {
        var written = Utf8.GetChars(Value(new ReadOnlySpan<byte>(bytes, byteCount)), new Span<char>(chars, charCount));
        var rest = new Span<char>(chars, written);
        while (rest.IndexOfAny('\r', '\n', '\0') is var at and >= 0)
        {
            rest[at] = Mark;
            rest = rest[(at + 1)..];
        }

        return written;
    }

    public override int GetCharCount(byte[] bytes, int index, int count) =>
        Utf8.GetCharCount(Value(bytes.AsSpan(index, count)));

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        fixed (byte* from = bytes.AsSpan(byteIndex, byteCount))
        fixed (char* to = chars.AsSpan(charIndex))
            return GetChars(from, byteCount, to, chars.Length - charIndex);
    }

    public override int GetMaxCharCount(int byteCount) => Utf8.GetMaxCharCount(byteCount);

    public override int GetByteCount(char[] chars, int index, int count) => Utf8.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Utf8.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Utf8.GetMaxByteCount(charCount);

    private ReadOnlySpan<byte> Value(ReadOnlySpan<byte> bytes) => _trims ? bytes.Trim(" \t"u8) : bytes;
}
