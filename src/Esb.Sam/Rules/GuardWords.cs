using Esb.Host.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Rules;

/// <summary>Keys of definitions that say who may call, in any spelling.</summary>
internal static class GuardWords
{
    public const string Security = "security";

    private const string OfAws = "x-amazon-";
    private const string Extension = "x-amazon-apigateway-";

    // The rest of the names of extensions that say who may call.
    private static readonly string[] Extensions = ["auth", "authorizer", "authtype", "policy", Security];

    // What the rest of another name has in it that says so.
    private static readonly string[] Parts = ["auth", "polic", "secur"];

    // The same in the extensions of other tools, where "auth" is part of "author".
    private static readonly string[] PartsOfNotes = ["authori", "authn", "authz", "polic", "secur"];

    // Words of SAM and of plain resources, with small letters and no signs.
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "auth", "authtype", "authentication", "authorization", "authorizations", "authorizationtype", "authorizationscopes", "authorizer", "authorizers", "authorizerid", "defaultauthorizer", "apikeyrequired",
        "policy", "resourcepolicy", "mutualtls", "mutualtlsauthentication",
    };

    /// <summary>The versions of TLS that are taken: nobody is let in or kept out by them.</summary>
    public const string TlsVersions = "x-amazon-apigateway-security-policy";

    /// <summary>Whether a key is an extension of AWS.</summary>
    public static bool IsOfAws(string key) => key.StartsWith(OfAws, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a key is a note for other tools: neither AWS nor ESB reads it.</summary>
    public static bool IsNote(string key) => key.StartsWith("x-", StringComparison.OrdinalIgnoreCase) && !IsOfAws(key);

    /// <summary>Whether a note reads as if it said who may call.</summary>
    public static bool IsGuardingNote(string key) => IsNote(key) && (Words.Contains(Letters(key[2..])) || Has(key, PartsOfNotes));

    /// <summary>Whether a key says who may call, well or badly spelt.</summary>
    public static bool IsGuard(string key)
    {
        if (IsNote(key) || key == TlsVersions)
            return false;
        if (!IsOfAws(key))
            return IsSecurity(key) || key.StartsWith("secur", StringComparison.OrdinalIgnoreCase) || Words.Contains(Letters(key));
        var rest = key.StartsWith(Extension, StringComparison.OrdinalIgnoreCase) ? key[Extension.Length..] : key[OfAws.Length..];
        return Has(rest, Parts) || Extensions.Any(e => EditDistance.IsNear(rest, e));
    }

    /// <summary>Whether a key is <c>security</c>, well or badly spelt.</summary>
    public static bool IsSecurity(string key) => key.Length is >= 6 and <= 12 && EditDistance.IsNear(key, Security);

    private static bool Has(string key, string[] parts) => parts.Any(p => key.Contains(p, StringComparison.OrdinalIgnoreCase));

    private static string Letters(string key) => string.Concat(key.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
