using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// Keys of routes, their parts and their authorizers that nobody reads. They are kept, like every unknown key; but they close their route, since a guard that is
/// not read would leave it open, and nobody can list all words for one. A key that is only a note begins with <c>x-</c>.
/// </summary>
internal static class GuardKeys
{
    private static readonly string[] Guards = ["authorizer", "api_key_required"];

    private static readonly HashSet<string> OfRoutes = new(StringComparer.Ordinal)
    {
        "path", "method", "function", "mock", "http_proxy", "payload", "cors", "authorizer", "api_key_required", "api", "stage", "stage_variables", "base_path",
        "binary_media_types", "function_url", "invoke_mode",
    };

    private static readonly string[] OfTheFile = ["version", "routes", "api_keys"];

    // Of an authorizer, where a line was not indented.
    private static readonly HashSet<string> OnlyOfAuthorizers = new(StringComparer.Ordinal) { "issuer", "audience", "jwks_uri", "scopes", "identity_source", "simple_responses" };

    // Words of other gateways and of AWS for the same; the letters of the key are all of the word.
    private static readonly HashSet<string> GuardWords = new(StringComparer.Ordinal)
    {
        "iam", "acl", "allow", "allowed", "deny", "denied", "role", "roles", "scope", "mtls", "private", "restricted", "restrict", "guard", "guards", "groups", "sourceip", "token",
    };

    // The same, where they may be a part of the key.
    private static readonly string[] GuardParts =
    [
        "auth", "apikey", "secur", "jwt", "policy", "policies", "cognito", "mutualtls", "usageplan", "protect", "permission", "whitelist", "blacklist", "allowlist", "denylist", "requirekey",
        "credential",
    ];

    // Earlier generators wrote `function: {container: name}`.
    private static readonly (string Part, string[] Known)[] OfParts =
    [
        ("function", ["container"]), ("mock", ["status", "headers", "body"]), ("http_proxy", ["uri", "method", "timeout_ms", "headers"]),
        ("cors", ["allow_origins", "allow_methods", "allow_headers", "expose_headers", "max_age", "allow_credentials"]),
    ];

    private static readonly HashSet<string> OfApiKeys = new(StringComparer.Ordinal) { "name", "value", "value_env", "rate", "burst", "quota", "apis" };

    /// <summary>Refuses keys beside <c>routes</c> that may be meant for all routes: a guard written once, or defaults that hold one.</summary>
    public static void AtTheTop(YamlMapping document, DiagnosticBag diagnostics)
    {
        // What is nearly a known key is an error already.
        foreach (var (key, value) in document.Entries.Where(e => !Array.Exists(OfTheFile, known => EditDistance.IsNear(e.Key.Value, known)) && !IsNote(e.Key.Value)))
        {
            if (value is not YamlScalar || LooksLikeGuard(key.Value))
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"{ConfigurationFiles.Routing}: the key '{key.Value}' may be meant to guard all routes, and nobody reads it", key, "write it into each route; a key that is only a note begins with x-");
        }
    }

    /// <summary>Why a route must be closed because of its keys; null when it need not be.</summary>
    public static string? InRoute(MappingReader route, DiagnosticBag diagnostics)
    {
        string? reason = null;
        foreach (var (key, _) in route.Mapping.Entries.Where(e => !OfRoutes.Contains(e.Key.Value) && !IsNote(e.Key.Value)))
            reason ??= Closes(route.Subject, key, diagnostics, LooksLikeGuard(key.Value) ? Guards : OfRoutes);
        foreach (var (part, known) in OfParts)
        {
            if (route.Mapping[part] is not YamlMapping mapping)
                continue;
            foreach (var (key, _) in mapping.Entries.Where(e => !known.Contains(e.Key.Value) && !IsNote(e.Key.Value)))
                reason ??= Closes($"{route.Subject}, {part}", key, diagnostics, known);
        }

        return reason;
    }

    /// <summary>The same for an authorizer: whatever stands in it and is not read may be a restriction.</summary>
    public static string? InAuthorizer(MappingReader authorizer, IReadOnlyCollection<string> known, DiagnosticBag diagnostics)
    {
        string? reason = null;
        foreach (var (key, _) in authorizer.Mapping.Entries.Where(e => e.Key.Value != "type" && !known.Contains(e.Key.Value) && !IsNote(e.Key.Value)))
            reason ??= Closes(authorizer.Subject, key, diagnostics, known);
        return reason;
    }

    /// <summary>Whether a key of <c>api_keys</c> may open anything.</summary>
    public static bool InApiKey(MappingReader apiKey, DiagnosticBag diagnostics)
    {
        var opens = true;
        foreach (var (key, _) in apiKey.Mapping.Entries.Where(e => !OfApiKeys.Contains(e.Key.Value) && !IsNote(e.Key.Value)))
        {
            var help = Nearest(key.Value, OfApiKeys);
            opens &= help is null;
            diagnostics.Warning(
                DiagnosticCodes.UnknownKey,
                help is null ? $"{apiKey.Subject}: nobody reads the key '{key.Value}'" : $"{apiKey.Subject} opens nothing: its key '{key.Value}' may be a limit, and nobody reads it",
                key,
                help ?? "a key that is only a note begins with x-");
        }

        return opens;
    }

    private static string Closes(string subject, YamlScalar key, DiagnosticBag diagnostics, IEnumerable<string> known)
    {
        diagnostics.Warning(
            DiagnosticCodes.UnknownKey,
            $"{subject} is closed: its key '{key.Value}' may be meant to guard it, and nobody reads it",
            key,
            Nearest(key.Value, known) ?? "correct it; a key that is only a note begins with x-");
        return $"its key '{key.Value}' may be meant to guard it, and nobody reads it";
    }

    private static bool LooksLikeGuard(string key)
    {
        var letters = string.Concat(key.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return OnlyOfAuthorizers.Contains(key)
            || GuardWords.Contains(letters)
            || GuardParts.Any(part => letters.Contains(part, StringComparison.Ordinal))
            || EditDistance.IsNear(letters, "authorizer")
            || EditDistance.IsNear(letters, "security")
            || EditDistance.IsNear(letters, "apikeyrequired");
    }

    private static bool IsNote(string key) => key.StartsWith("x-", StringComparison.OrdinalIgnoreCase) || key.StartsWith("x_", StringComparison.OrdinalIgnoreCase);

    private static string? Nearest(string key, IEnumerable<string> known) =>
        known.Where(k => EditDistance.IsNear(key, k)).MinBy(k => EditDistance.Between(key, k)) is { } nearest ? $"did you mean '{nearest}'?" : null;
}
