using System.Buffers.Text;

namespace Esb.Dynalite;

/// <summary>
/// Replaces halves of surrogate pairs in JSON that JavaScript has written. It writes whole pairs as they are, and only
/// single halves as escape sequences. Source: ECMAScript, QuoteJSONString.
/// </summary>
internal static class SurrogateReplacement
{
    private const int LettersOfEscape = 6;

    private static ReadOnlySpan<byte> Replacement => "fffd"u8;

    /// <summary>Replaces each half by U+FFFD.</summary>
    /// <returns>The changed JSON; null if nothing was changed.</returns>
    public static byte[]? Apply(ReadOnlySpan<byte> json)
    {
        byte[]? changed = null;
        for (var at = 0; at < json.Length; at++)
        {
            if (json[at] != '\\')
                continue;
            if (IsHalf(json[at..]))
                Replacement.CopyTo((changed ??= json.ToArray()).AsSpan(at + 2));
            at++;
        }

        return changed;
    }

    private static bool IsHalf(ReadOnlySpan<byte> escape) =>
        escape.Length >= LettersOfEscape
        && escape[1] == 'u'
        && Utf8Parser.TryParse(escape.Slice(2, 4), out ushort letter, out var read, 'x')
        && read == 4
        && char.IsSurrogate((char)letter);
}
