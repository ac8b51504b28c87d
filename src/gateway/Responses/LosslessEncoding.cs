using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Esb.Gateway.Responses;

/// <summary>
/// A UTF-8 encoding that preserves every byte: servers of HTTP proxy integrations may use another encoding, and clients
/// must get the same bytes. An invalid byte is read as half of a surrogate pair, which valid text never contains, and
/// is converted back when it is written.
/// </summary>
internal sealed class LosslessEncoding : Encoding
{
    // 0x80 becomes U+DC80, 0xFF becomes U+DCFF.
    private const int Shift = 0xdc00;
    private const char First = '\udc80';
    private const char Last = '\udcff';

    private LosslessEncoding()
    {
    }

    public static LosslessEncoding Instance { get; } = new();

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count), []);

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        Read(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetByteCount(ReadOnlySpan<char> chars) =>
        chars.ContainsAnyInRange(First, Last) ? Write(chars, [], isMeasured: true).Bytes : UTF8.GetByteCount(chars);

    public override int GetByteCount(string s) => GetByteCount(s.AsSpan());

    public override int GetByteCount(char[] chars, int index, int count) => GetByteCount(chars.AsSpan(index, count));

    public override int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes)
    {
        if (!chars.ContainsAnyInRange(First, Last))
            return UTF8.GetBytes(chars, bytes);
        var (read, written) = Write(chars, bytes);
        return read == chars.Length
            ? written
            : throw new ArgumentException("The buffer is too small for the text.", nameof(bytes));
    }

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        GetBytes(chars.AsSpan(charIndex, charCount), bytes.AsSpan(byteIndex));

    public override int GetMaxByteCount(int charCount) => UTF8.GetMaxByteCount(charCount);

    /// <summary>The encoder for values that are larger than the rest of a buffer.</summary>
    public override Encoder GetEncoder() => new InPieces();

    // Returns the number of characters. They are written only if there is space.
    private static int Read(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (Utf8.IsValid(bytes))
            return chars.IsEmpty ? UTF8.GetCharCount(bytes) : UTF8.GetChars(bytes, chars);
        var count = 0;
        Span<char> one = stackalloc char[4];
        while (!bytes.IsEmpty)
        {
            var isText = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            var made = length;
            if (isText)
                made = rune.EncodeToUtf16(one);
            else
                for (var i = 0; i < length; i++)
                    one[i] = (char)(Shift + bytes[i]);
            if (!chars.IsEmpty)
                one[..made].CopyTo(chars[count..]);
            count += made;
            bytes = bytes[length..];
        }

        return count;
    }

    // Returns how many characters were read and how many bytes were written before the space was used up.
    private static (int Chars, int Bytes) Write(ReadOnlySpan<char> chars, Span<byte> bytes, bool isMeasured = false)
    {
        var (read, written) = (0, 0);
        Span<byte> one = stackalloc byte[4];
        while (read < chars.Length)
        {
            var isText = Rune.DecodeFromUtf16(chars[read..], out var rune, out var length) == OperationStatus.Done;
            var made = 1;
            if (!isText && chars[read] is >= First and <= Last)
                one[0] = (byte)(chars[read] - Shift);
            else
                made = rune.EncodeToUtf8(one);
            if (!isMeasured && !one[..made].TryCopyTo(bytes[written..]))
                break;
            (read, written) = (read + length, written + made);
        }

        return (read, written);
    }

    // Each call gets the complete rest of a value, so this encoder needs no state.
    private sealed class InPieces : Encoder
    {
        public override int GetByteCount(char[] chars, int index, int count, bool flush) =>
            Instance.GetByteCount(chars.AsSpan(index, count));

        public override int GetBytes(
            char[] chars,
            int charIndex,
            int charCount,
            byte[] bytes,
            int byteIndex,
            bool flush) =>
            Instance.GetBytes(chars.AsSpan(charIndex, charCount), bytes.AsSpan(byteIndex));

        public override void Convert(
            ReadOnlySpan<char> chars,
            Span<byte> bytes,
            bool flush,
            out int charsUsed,
            out int bytesUsed,
            out bool completed)
        {
            (charsUsed, bytesUsed) = Write(chars, bytes);
            completed = charsUsed == chars.Length;
        }
    }
}
