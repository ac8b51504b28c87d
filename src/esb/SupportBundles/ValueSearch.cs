using System.Buffers;

namespace Esb.Cli.SupportBundles;

/// <summary>
/// Finds the first occurrence of any of many values in a text; of several values at one place, the longest.
/// </summary>
internal sealed class ValueSearch
{
    private readonly ILookup<char, string> _byFirst;
    private readonly SearchValues<string> _search;

    public ValueSearch(IEnumerable<string> values)
    {
        string[] all = [.. values.Distinct(StringComparer.Ordinal).OrderByDescending(value => value.Length)];
        _byFirst = all.ToLookup(value => value[0]);
        _search = SearchValues.Create(all, StringComparison.Ordinal);
    }

    public bool IsIn(ReadOnlySpan<char> text) => text.ContainsAny(_search);

    /// <returns>Place and length; a negative place when no value is in the text.</returns>
    public (int At, int Length) Find(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAny(_search);
        if (at < 0)
            return (-1, 0);
        foreach (var value in _byFirst[text[at]])
        {
            if (text[at..].StartsWith(value, StringComparison.Ordinal))
                return (at, value.Length);
        }

        return (-1, 0);
    }
}
