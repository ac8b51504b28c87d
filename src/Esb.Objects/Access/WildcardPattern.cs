namespace Esb.Objects.Access;

/// <summary>A pattern of a policy, in which <c>*</c> stands for any text and <c>?</c> for any character.</summary>
internal static class WildcardPattern
{
    /// <summary>Whether the whole text matches the pattern. The time is at most the product of both lengths.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t, star, retry) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, retry, p) = (p, t, p + 1);
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
                (p, t) = (p + 1, t + 1);
            else if (star >= 0)
                (p, t) = (star + 1, ++retry);
            else
                return false;
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
