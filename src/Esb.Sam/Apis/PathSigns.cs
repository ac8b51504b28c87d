using System.Buffers;
using System.Globalization;
using System.Text;

namespace Esb.Sam.Apis;

/// <summary>
/// Signs that API Gateway takes in no path. A guarded path with one that nobody sees would be reached by no request, and a broader one would
/// answer instead. Source: API Gateway, CreateResource: "path part only allow a-zA-Z0-9._-:", and of resource paths in the console, which has a
/// comma too.
/// </summary>
internal static class PathSigns
{
    private static readonly SearchValues<char> OfRestApis = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-:,$");

    /// <summary>Why an API may not have a path; null when it may.</summary>
    public static string? Refused(string path, bool isHttp)
    {
        // Variables have a rule of their own.
        foreach (var segment in path.Split('/').Where(s => !s.StartsWith('{')))
        {
            foreach (var sign in segment.EnumerateRunes())
            {
                if (isHttp ? IsUnseen(sign) : !sign.IsAscii || !OfRestApis.Contains((char)sign.Value))
                    return $"it has {Name(sign)}; {(isHttp ? "no request has that in its path" : "a path of a REST API has letters, digits and any of ._-:,$")}";
            }
        }

        return null;
    }

    private static bool IsUnseen(Rune sign) => Rune.IsWhiteSpace(sign) || Rune.GetUnicodeCategory(sign) is UnicodeCategory.Format or UnicodeCategory.Control
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        // Source: Unicode, Default_Ignorable_Code_Point; the last one is a pattern of no dots.
        || sign.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF) or 0x2800;

    private static string Name(Rune sign) => sign.Value == ' ' ? "a blank" : sign.IsAscii && !IsUnseen(sign) ? $"'{sign}'" : $"the sign U+{sign.Value:X4}";
}
