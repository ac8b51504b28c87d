using System.Text;

namespace Esb.Schema.Http;

/// <summary>
/// How the value of <c>Content-Length</c> is read: digits and nothing else (RFC 9110, 8.6: 1*DIGIT). Kestrel reads the header as a number of
/// .NET, for which <c>+5</c> and <c>-0</c> are numbers too, and hands on the number alone; a proxy in front of it may have taken the same
/// header for another length. What this returns for such a value is no number for Kestrel, which refuses the request with 400.
/// </summary>
public sealed class LengthEncoding : Encoding
{
    /// <summary>The name of the header that it is for.</summary>
    public const string Header = "Content-Length";

    // As many as the largest number that Kestrel takes.
    private const int MaxDigits = 19;

    private const char NoNumber = '?';

    private LengthEncoding()
    {
    }

    /// <summary>The only one.</summary>
    public static LengthEncoding Instance { get; } = new();

    /// <inheritdoc/>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (bytes.IsEmpty || bytes.Length > MaxDigits || bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            chars[0] = NoNumber;
            return 1;
        }

        return ASCII.GetChars(bytes, chars);
    }

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) => GetMaxCharCount(count);

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => Math.Clamp(byteCount, 1, MaxDigits);

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => ASCII.GetByteCount(chars, index, count);

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => ASCII.GetMaxByteCount(charCount);
}
