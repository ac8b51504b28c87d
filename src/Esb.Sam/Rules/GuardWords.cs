using Esb.Host.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Rules;

/// <summary>Keys of definitions that control access, in any spelling.</summary>
internal static class GuardWords
{
    public const string Security = "security";

    private const string OfAws = "x-amazon-";
    private const string Extension = "x-amazon-apigateway-";

    // The letters of the prefix, and how many of them may be wrong. The prefixes of other clouds differ in more
    // letters.
    private const string PrefixLetters = "xamazonapigateway";
    private const int MaxErrors = 3;

    // The names of extensions for access control, without their prefix.
    private static readonly string[] Extensions = ["auth", "authorizer", "authtype", "policy", Security];

    // Parts of other names that suggest access control.
    private static readonly string[] Parts = ["auth", "polic", "secur"];

    // The same for extensions of other tools, where "auth" may be a part of "author".
    private static readonly string[] PartsOfNotes = ["authori", "authn", "authz", "polic", "secur"];

    // Keywords of SAM and CloudFormation, in lower case and with letters only.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "auth", "authtype", "authentication", "authorization", "authorizations", "authorizationtype",
        "authorizationscopes", "authorizer", "authorizers", "authorizerid", "defaultauthorizer", "apikeyrequired",
        "policy", "resourcepolicy", "mutualtls", "mutualtlsauthentication",
    };

    /// <summary>The key for the accepted versions of TLS, which do not restrict callers.</summary>
    public const string TlsVersions = "x-amazon-apigateway-security-policy";

    /// <summary>Whether a key is an extension of AWS, even if its prefix is misspelt.</summary>
    public static bool IsOfAws(string key) => OwnName(key) is not null;

    /// <summary>Whether a key is a note for other tools, which neither AWS nor ESB reads.</summary>
    public static bool IsNote(string key) => key.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && !IsOfAws(key);

    /// <summary>Whether a note looks as if it controlled access.</summary>
    public static bool IsGuardingNote(string key) =>
        IsNote(key) && (Words.Contains(Letters(key[2..])) || Has(key, PartsOfNotes));

    /// <summary>Whether a key controls access, even if it is misspelt.</summary>
    public static bool IsGuard(string key)
    {
        if (IsNote(key) || key == TlsVersions)
            return false;
        return OwnName(key) is { } name
            ? Has(name, Parts) || Extensions.Any(e => EditDistance.IsNear(name, e))
            : IsSecurity(key)
                || key.StartsWith("secur", StringComparison.OrdinalIgnoreCase)
                || Words.Contains(Letters(key));
    }

    /// <summary>Whether a key is <c>security</c>, even if it is misspelt.</summary>
    public static bool IsSecurity(string key) => key.Length is >= 6 and <= 12 && EditDistance.IsNear(key, Security);

    // The name of an extension of AWS without its prefix; null for other keys.
    private static string? OwnName(string key)
    {
        foreach (var prefix in new[] { Extension, OfAws })
        {
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return key[prefix.Length..];
        }

        var letters = Letters(key);
        if (letters.Length < PrefixLetters.Length - MaxErrors || key.TrimStart() is not ['x' or 'X', ..])
            return null;
        var best = Enumerable.Range(PrefixLetters.Length - MaxErrors, (2 * MaxErrors) + 1)
            .Where(length => length <= letters.Length)
            .MinBy(length => EditDistance.Between(letters[..length], PrefixLetters));
        return EditDistance.Between(letters[..best], PrefixLetters) <= MaxErrors ? letters[best..] : null;
    }

    private static bool Has(string key, string[] parts) =>
        parts.Any(p => key.Contains(p, StringComparison.OrdinalIgnoreCase));

    private static string Letters(string key) => string.Concat(key.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
