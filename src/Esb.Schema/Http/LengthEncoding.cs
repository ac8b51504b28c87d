using System.Globalization;
using System.Text;

namespace Esb.Schema.Http;

/// <summary>
/// How the value of <c>Content-Length</c> is read: digits only (RFC 9110, 8.6: 1*DIGIT). Kestrel reads the header as a
/// .NET number, which includes <c>+5</c> and <c>-0</c>, and passes on only the number; a proxy in front of it may have
/// read another length from the same header. For such a value <see cref="Instance"/> returns a text that is not a
/// number, and Kestrel refuses the request with 400.
/// </summary>
public sealed class LengthEncoding : Encoding
{
    /// <summary>The name of the header.</summary>
    public const string Header = "Content-Length";

    // The length of the largest number that Kestrel accepts.
    private const int MaxDigits = 19;

    /// <summary>
    /// What <see cref="Countable"/> returns for an invalid value: the largest number, which no body can have.
    /// </summary>
    public const long NoLength = long.MaxValue;

    private readonly string _noLength;

    private LengthEncoding(string noLength) => _noLength = noLength;

    /// <summary>For HTTP/1.1 servers, where Kestrel refuses an invalid length.</summary>
    public static LengthEncoding Instance { get; } = new("?");

    /// <summary>
    /// For HTTP/2 servers, where Kestrel would end the connection with all its requests. The handler of the request
    /// refuses <see cref="NoLength"/>.
    /// </summary>
    public static LengthEncoding Countable { get; } = new(NoLength.ToString(CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (IsLength(bytes))
            return ASCII.GetChars(bytes, chars);
        _noLength.CopyTo(chars);
        return _noLength.Length;
    }

    /// <inheritdoc/>
    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    /// <inheritdoc/>
    public override int GetCharCount(byte[] bytes, int index, int count) =>
        IsLength(bytes.AsSpan(index, count)) ? count : _noLength.Length;

    /// <inheritdoc/>
    public override int GetMaxCharCount(int byteCount) => Math.Clamp(byteCount, _noLength.Length, MaxDigits);

    /// <inheritdoc/>
    public override int GetByteCount(char[] chars, int index, int count) => ASCII.GetByteCount(chars, index, count);

    /// <inheritdoc/>
    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    /// <inheritdoc/>
    public override int GetMaxByteCount(int charCount) => ASCII.GetMaxByteCount(charCount);

    private static bool IsLength(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && bytes.Length <= MaxDigits && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
