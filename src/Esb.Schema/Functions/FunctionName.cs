using System.Security.Cryptography;
using System.Text;

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

    // Of the sum that ends a shortened name, with the sign before it.
    private const int SumLength = 9;

    /// <summary>A name that is not too long for a function. AWS shortens generated names too, and puts random letters behind them; these stay the same from deploy to deploy.</summary>
    public static string Shortened(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= MaxLength ? name : $"{Beginning(name)}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4))}";
    }

    /// <summary>Whether one name is the other one with its application's before it.</summary>
    /// <param name="name">The longer one.</param>
    /// <param name="application">The application.</param>
    /// <param name="shortName">The one without.</param>
    public static bool IsQualified(string name, string application, string shortName)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shortName);
        var qualified = $"{application}-{shortName}";
        // Of one that was shortened before, the sum is of another text.
        return name == Shortened(qualified) || (shortName.Length == MaxLength && name.Length == MaxLength && Beginning(name) == Beginning($"{application}-{Beginning(shortName)}"));
    }

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

    private static string Beginning(string name) => name.Length <= MaxLength - SumLength ? name : name[..(MaxLength - SumLength)];
}
