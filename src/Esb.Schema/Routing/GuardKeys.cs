using Esb.Host.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// Unread keys of routes, their parts and their authorizers. They are kept, like every unknown key, but they close
/// their route: an unread guard would leave it open, and nobody can list all words for a guard. A key that is only a
/// note begins with <c>x-</c>; a guard that was disabled in this way, <c>x-authorizer</c>, closes its route as well.
/// </summary>
internal static class GuardKeys
{
    private static readonly string[] Guards = ["authorizer", "api_key_required"];

    private static readonly HashSet<string> OfRoutes = new(StringComparer.Ordinal)
    {
        "path", "method", "function", "mock", "http_proxy", "payload", "cors", "authorizer", "api_key_required", "api",
        "stage", "stage_variables", "base_path",
        "binary_media_types", "function_url", "invoke_mode", ApplicationName.Key, ApplicationName.FunctionKey,
    };

    // Keys of a route that must have a value: without one it is unknown who has access, or what should answer.
    private static readonly string[] NeverEmpty =
    [
        .. Guards, "function", "mock", "http_proxy", "function_url", ApplicationName.Key, ApplicationName.FunctionKey,
    ];

    // Keys of an authorizer, which end up in the route when a line is not indented.
    private static readonly HashSet<string> OnlyOfAuthorizers = new(StringComparer.Ordinal)
    {
        "issuer", "audience", "jwks_uri", "scopes", "identity_source", "simple_responses",
    };

    // Other words for guards, from AWS and other gateways, where they are the whole key.
    private static readonly HashSet<string> GuardWords = new(StringComparer.Ordinal)
    {
        "iam", "acl", "allow", "allowed", "deny", "denied", "role", "roles", "scope", "mtls", "private", "restricted",
        "restrict", "guard", "guards", "groups", "sourceip", "token", "enabled", "disabled", "throttling",
    };

    // Words for guards where they are a part of a key.
    private static readonly string[] GuardParts =
    [
        "auth", "apikey", "secur", "jwt", "policy", "policies", "cognito", "mutualtls", "usageplan", "protect",
        "permission", "whitelist", "blacklist", "allowlist", "denylist", "requirekey",
        "credential",
    ];

    // A note with one of these words is about people: an author is not an authorizer.
    private static readonly string[] People =
        ["author", "authors", "coauthor", "coauthors", "contact", "owner", "team"];

    // Earlier generators wrote `function: {container: name}`.
    private static readonly (string Part, string[] Known)[] OfParts =
    [
        ("function", ["container"]), ("mock", ["status", "headers", "body"]),
        ("http_proxy", ["uri", "method", "timeout_ms", "headers"]),
        ("cors", ["allow_origins", "allow_methods", "allow_headers", "expose_headers", "max_age", "allow_credentials"]),
    ];

    /// <summary>The reason why a route must be closed because of its keys; null if there is none.</summary>
    public static string? InRoute(MappingReader route, DiagnosticBag diagnostics)
    {
        string? reason = null;
        foreach (var (key, _) in route.Mapping.Entries.Where(e => !OfRoutes.Contains(e.Key.Value)
            && !IsNote(e.Key.Value)))
            reason ??= Closes(route.Subject, key, diagnostics, LooksLikeGuard(key.Value) ? Guards : OfRoutes);
        foreach (var key in Empty(route.Mapping, NeverEmpty))
            reason ??= ClosesEmpty(route.Subject, key, diagnostics);
        foreach (var (part, known) in OfParts)
        {
            if (route.Mapping[part] is not YamlMapping mapping)
                continue;
            foreach (var (key, _) in mapping.Entries.Where(e => !known.Contains(e.Key.Value) && !IsNote(e.Key.Value)))
                reason ??= Closes($"{route.Subject}, {part}", key, diagnostics, known);
            foreach (var key in Empty(mapping, known))
                reason ??= ClosesEmpty($"{route.Subject}, {part}", key, diagnostics);
        }

        return reason;
    }

    /// <summary>
    /// The reason for closing a route because of the keys of its authorizer, in which any unread key may be a
    /// restriction; null if there is none.
    /// </summary>
    public static string? InAuthorizer(
        MappingReader authorizer,
        IReadOnlyCollection<string> known,
        DiagnosticBag diagnostics)
    {
        string? reason = null;
        foreach (var (key, _) in authorizer.Mapping.Entries.Where(
            e => e.Key.Value != "type" && !known.Contains(e.Key.Value) && !IsNote(e.Key.Value, [.. known, "type"])))
            reason ??= Closes(authorizer.Subject, key, diagnostics, known);
        foreach (var key in Empty(authorizer.Mapping, known))
            reason ??= ClosesEmpty(authorizer.Subject, key, diagnostics);
        return reason;
    }

    /// <summary>The given keys that are present without a value, whether that is a null or only comments.</summary>
    public static IEnumerable<YamlScalar> Empty(YamlMapping mapping, IEnumerable<string> keys) =>
        mapping.Entries.Where(e => e.Value is YamlScalar { IsNull: true } && keys.Contains(e.Key.Value))
            .Select(e => e.Key);

    private static string ClosesEmpty(string subject, YamlScalar key, DiagnosticBag diagnostics)
    {
        var reason = $"its key '{key.Value}' has no value";
        diagnostics.Warning(DiagnosticCodes.MissingKey, $"{subject} is closed: {reason}", key, "give it a value, "
            + "or leave the key out");
        return reason;
    }

    private static string Closes(string subject, YamlScalar key, DiagnosticBag diagnostics, IEnumerable<string> known)
    {
        diagnostics.Warning(
            DiagnosticCodes.UnknownKey,
            $"{subject} is closed: its key '{key.Value}' may be meant to guard it, but is not read",
            key,
            IsMarked(key.Value)
                ? "write the guard without 'x-', or give the note another name"
                : Nearest(key.Value, known) ?? "correct it; a key that is only a note begins with x-");
        return $"its key '{key.Value}' may be meant to guard it, but is not read";
    }

    /// <summary>Whether a key is a guard or another word for one.</summary>
    public static bool IsGuard(string key) => Guards.Contains(key) || LooksLikeGuard(key);

    private static bool LooksLikeGuard(string key)
    {
        var letters = Letters(key);
        return OnlyOfAuthorizers.Any(word => Letters(word) == letters)
            || GuardWords.Contains(letters)
            || GuardParts.Any(part => letters.Contains(part, StringComparison.Ordinal))
            || EditDistance.IsNear(letters, "authorizer")
            || EditDistance.IsNear(letters, "security")
            || EditDistance.IsNear(letters, "apikeyrequired");
    }

    /// <summary>Whether a key is only a note, and not one of the given guards with a prefix.</summary>
    public static bool IsNote(string key, IEnumerable<string> guards) =>
        IsNote(key) && !guards.Any(guard => Letters(guard) == Letters(key[2..]));

    /// <summary>
    /// Whether a key is only a note. The name of a guard, or another word for one, is a guard that was disabled.
    /// </summary>
    public static bool IsNote(string key) => IsMarked(key)
        && (key.Split('-', '_').Any(word => People.Contains(word, StringComparer.OrdinalIgnoreCase))
            || !LooksLikeGuard(key[2..]));

    /// <summary>Whether a key is spelt as a note.</summary>
    public static bool IsMarked(string key) => key.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("x_", StringComparison.OrdinalIgnoreCase);

    private static string Letters(string key) => string.Concat(key.Where(char.IsAsciiLetter)).ToLowerInvariant();

    /// <summary>The key that was most likely meant, as help text; null when none is similar.</summary>
    public static string? Nearest(string key, IEnumerable<string> known) =>
        known.Where(k => EditDistance.IsNear(key, k)).MinBy(k => EditDistance.Between(key, k)) is { } nearest
            ? $"did you mean '{nearest}'?"
            : null;
}
