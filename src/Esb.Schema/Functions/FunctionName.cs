namespace Esb.Schema.Functions;

/// <summary>
/// The rule for function names. It is Lambda's own (CreateFunction, FunctionName), and it is what lets a name be part of a path,
/// a label or a URL unchanged.
/// </summary>
public static class FunctionName
{
    /// <summary>The most characters a name may have.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "letters, digits, '-' and '_', at most 64 of them";

    /// <summary>Whether the name keeps the rule.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxLength)
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        }

        return true;
    }
}
