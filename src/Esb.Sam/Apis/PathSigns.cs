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
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator;

    private static string Name(Rune sign) => sign.Value == ' ' ? "a blank" : sign.IsAscii && !IsUnseen(sign) ? $"'{sign}'" : $"the sign U+{sign.Value:X4}";
}
