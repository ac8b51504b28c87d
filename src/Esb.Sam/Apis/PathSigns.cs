using System.Buffers;
using System.Globalization;
using System.Text;

namespace Esb.Sam.Apis;

/// <summary>
/// Characters that API Gateway accepts in no path. A guarded path with an invisible character would match no request,
/// and a broader route would answer instead. Sources: API Gateway, CreateResource: "path part only allow
/// a-zA-Z0-9._-:"; the console, which also allows a comma.
/// </summary>
internal static class PathSigns
{
    private static readonly SearchValues<char> OfRestApis = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:,$");

    private const string HttpRule = "no request has that in its path";

    private const string RestRule = "a path of a REST API has letters, digits and any of ._-:,$";

    /// <summary>The reason why an API cannot have a path; null when it can.</summary>
    public static string? Refused(string path, bool isHttp)
    {
        // Variables have their own rule.
        foreach (var segment in path.Split('/').Where(s => !s.StartsWith('{')))
        {
            foreach (var character in segment.EnumerateRunes())
            {
                if (isHttp ? IsInvisible(character) : !character.IsAscii || !OfRestApis.Contains((char)character.Value))
                    return $"it has {Name(character)}; {(isHttp ? HttpRule : RestRule)}";
            }
        }

        return null;
    }

    private static bool IsInvisible(Rune character) => Rune.IsWhiteSpace(character)
        || Rune.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.Control
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        // Source: Unicode, Default_Ignorable_Code_Point; the last one is a Braille pattern without dots.
        || character.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF) or 0x2800;

    private static string Name(Rune character) =>
        character.Value == ' ' ? "a space"
        : character.IsAscii && !IsInvisible(character) ? $"'{character}'"
        : $"the character U+{character.Value:X4}";
}
