using System.Security.Cryptography;
using System.Text;

namespace Esb.Schema.Functions;

/// <summary>
/// The rule for function names, which is Lambda's (CreateFunction, FunctionName). It allows a name to be part of a
/// path, a label or a URL without changes.
/// </summary>
public static class FunctionName
{
    /// <summary>The maximum length of a name.</summary>
    public const int MaxLength = 64;

    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "letters, digits, '-' and '_', at most 64 of them";

    // The length of the hash at the end of a shortened name, with the dash before it.
    private const int SumLength = 9;

    /// <summary>
    /// Shortens a name to the length that functions allow. AWS also shortens generated names, but appends random
    /// letters; these names stay the same from deploy to deploy.
    /// </summary>
    public static string Shortened(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length <= MaxLength)
            return name;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4);
        return $"{Beginning(name)}-{Convert.ToHexStringLower(hash)}";
    }

    /// <summary>Whether a name consists of the name of an application and a shorter name.</summary>
    /// <param name="name">The longer name.</param>
    /// <param name="application">The application.</param>
    /// <param name="shortName">The shorter name.</param>
    public static bool IsQualified(string name, string application, string shortName)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shortName);
        var qualified = $"{application}-{shortName}";
        // A name that was shortened twice has the hash of another text.
        return name == Shortened(qualified) || (shortName.Length == MaxLength
            && name.Length == MaxLength
            && Beginning(name) == Beginning($"{application}-{Beginning(shortName)}"));
    }

    /// <summary>Whether a name follows the rule.</summary>
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

    private static string Beginning(string name) =>
        name.Length <= MaxLength - SumLength ? name : name[..(MaxLength - SumLength)];
}
