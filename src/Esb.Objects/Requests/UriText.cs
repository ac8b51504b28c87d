using System.Buffers;
using System.Text;
using Esb.Objects.Errors;

namespace Esb.Objects.Requests;

/// <summary>
/// Percent-encoding as in Signature Version 4 and S3: unreserved characters are kept, and every other byte of the UTF-8
/// becomes <c>%XX</c> in upper case.
/// </summary>
internal static class UriText
{
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <exception cref="S3Exception">InvalidURI when an escape is broken or the bytes are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<char> text, bool plusIsSpace = false)
    {
        if (!text.ContainsAny('%', '+') && !text.ContainsAnyExceptInRange('\0', '\x7f'))
            return text.ToString();
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            bytes[length++] = text[i] switch
            {
                '%' => DecodeEscape(text, ref i),
                '+' when plusIsSpace => (byte)' ',
                // Kestrel passes the request line byte by byte, as Latin-1.
                <= '\xff' and var c => (byte)c,
                _ => throw S3Errors.InvalidUri("a character outside Latin-1"),
            };
        }

        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw S3Errors.InvalidUri("it is not UTF-8");
        }
    }

    public static string Encode(string text, bool keepSlashes)
    {
        if (!text.AsSpan().ContainsAnyExcept(Unreserved))
            return text;
        var encoded = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var c = (char)b;
            if (Unreserved.Contains(c) || (keepSlashes && c == '/'))
                encoded.Append(c);
            else
                encoded.Append('%').Append(Digit(b >> 4)).Append(Digit(b & 15));
        }

        return encoded.ToString();
    }

    private static char Digit(int value) => "0123456789ABCDEF"[value];

    private static byte DecodeEscape(ReadOnlySpan<char> text, ref int i)
    {
        if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
            throw S3Errors.InvalidUri("a broken percent escape");
        var value = byte.Parse(text.Slice(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null);
        i += 2;
        return value;
    }
}
