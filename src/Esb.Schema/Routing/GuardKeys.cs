using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>
/// Keys of routes and their authorizers that nobody reads. They are kept, like every unknown key; but one that was most likely meant to guard
/// closes its route, since a guard that is not read would leave it open. A key that is only a note begins with <c>x-</c>.
/// </summary>
internal static class GuardKeys
{
    private static readonly string[] Guards = ["authorizer", "api_key_required"];

    private static readonly HashSet<string> OfRoutes = new(StringComparer.Ordinal)
    {
        "path", "method", "function", "mock", "http_proxy", "payload", "cors", "authorizer", "api_key_required", "api", "stage", "stage_variables", "base_path",
        "binary_media_types", "function_url", "invoke_mode",
    };

    // Of an authorizer, where a line was not indented.
    private static readonly HashSet<string> OnlyOfAuthorizers = new(StringComparer.Ordinal) { "issuer", "audience", "jwks_uri", "scopes", "identity_source", "simple_responses" };

    // Words of other gateways and of AWS for the same; the letters of the key are all of the word.
    private static readonly HashSet<string> GuardWords = new(StringComparer.Ordinal)
    {
        "iam", "acl", "allow", "allowed", "deny", "denied", "role", "roles", "scope", "mtls", "private", "restricted", "restrict", "guard", "guards", "groups", "sourceip", "token",
        "access", "public", "internal", "enabled", "enable", "disabled", "disable", "login", "user", "users", "signed", "signature", "hmac", "ip", "ips", "cidr", "ipallow", "ipdeny", "allowip", "allowips", "denyip", "denyips",
    };

    // The same, where they may be a part of the key.
    private static readonly string[] GuardParts =
    [
        "auth", "apikey", "secur", "jwt", "policy", "policies", "cognito", "mutualtls", "usageplan", "protect", "permission", "whitelist", "blacklist", "allowlist", "denylist", "requirekey",
        "credential", "clientcert", "requirelogin", "loginrequired",
    ];

    private static readonly HashSet<string> OfApiKeys = new(StringComparer.Ordinal) { "name", "value", "value_env", "enabled", "rate", "burst", "quota", "apis" };

    private static readonly HashSet<string> OfQuotas = new(StringComparer.Ordinal) { "limit", "period", "offset" };

    private static readonly HashSet<string> OfOpenedApis = new(StringComparer.Ordinal) { "api", "stage" };

    // What ends or narrows a key elsewhere; the letters of the key are all of the word.
    private static readonly HashSet<string> LimitWords = new(StringComparer.Ordinal)
    {
        "active", "plan", "plans", "ip", "ips", "ttl", "status", "state", "scope", "scopes", "role", "roles", "until", "deleted", "locked", "public", "private", "internal", "functions", "function", "max", "rps",
    };

    // The same, where they may be a part of the key.
    private static readonly string[] LimitParts =
    [
        "expir", "valid", "stage", "limit", "quota", "throttl", "usageplan", "enable", "disable", "activ", "revok", "block", "suspend", "allow", "deny", "denied", "route", "path", "method", "notbefore", "notafter",
        "restrict", "cidr", "origin", "referer", "api", "ratelimit",
    ];

    /// <summary>Why a route must be closed because of its keys; null when it need not be.</summary>
    public static string? InRoute(MappingReader route, DiagnosticBag diagnostics)
    {
        string? reason = null;
        // Nobody writes the key and leaves it empty, but for lines below it that are not indented.
        var isEmpty = route.Mapping["authorizer"] is YamlScalar { IsNull: true };
        foreach (var (key, _) in route.Mapping.Entries.Where(e => !OfRoutes.Contains(e.Key.Value) && !IsNote(e.Key.Value)))
        {
            if (isEmpty || LooksLikeGuard(key.Value))
                reason ??= Closes(route.Subject, key, diagnostics);
            else
                diagnostics.Warning(DiagnosticCodes.UnknownKey, $"{route.Subject}: nobody reads the key '{key.Value}'", key, Nearest(key.Value, OfRoutes) ?? "a key that is only a note begins with x-");
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
            opens &= OpensWith(apiKey.Subject, key, OfApiKeys, LooksLikeLimit(key.Value), diagnostics);
        // Whatever stands in these is a limit.
        var parts = new[] { (Part: apiKey.Mapping["quota"], Known: OfQuotas) }.Concat(((apiKey.Mapping["apis"] as YamlSequence)?.Items ?? []).Select(i => (Part: (YamlNode?)i, Known: OfOpenedApis)));
        foreach (var (part, known) in parts)
        {
            foreach (var (key, _) in (part as YamlMapping)?.Entries.Where(e => !known.Contains(e.Key.Value) && !IsNote(e.Key.Value)) ?? [])
                opens &= OpensWith(apiKey.Subject, key, known, isLimit: true, diagnostics);
        }

        return opens;
    }

    /// <summary>
    /// Guards at the top of the file, written once for all routes: no route would have them. Of everything else there that nobody reads a warning
    /// is said.
    /// </summary>
    public static void AtTheTop(YamlMapping document, DiagnosticBag diagnostics)
    {
        foreach (var (key, value) in document.Entries.Where(e => e.Key.Value is not ("routes" or "api_keys" or FormatVersion.Key) && !IsNote(e.Key.Value)))
        {
            if (TopKeys.IsSlip(key.Value, "routes", "api_keys"))
                continue;
            if (LooksLikeGuard(key.Value) || Guards.Contains(key.Value) || HoldsGuard(value))
                diagnostics.Error(DiagnosticCodes.UnknownKey, $"{ConfigurationFiles.Routing}: '{key.Value}' would guard no route: nobody reads it", key, "write the guard into each of its routes; a key that is only a note begins with x-");
            else
                diagnostics.Warning(DiagnosticCodes.UnknownKey, $"{ConfigurationFiles.Routing}: nobody reads the key '{key.Value}'", key, "a key that is only a note begins with x-");
        }
    }

    private static bool HoldsGuard(YamlNode node) => node switch
    {
        YamlMapping mapping => mapping.Entries.Any(e => !IsNote(e.Key.Value) && (LooksLikeGuard(e.Key.Value) || Guards.Contains(e.Key.Value) || HoldsGuard(e.Value))),
        YamlSequence list => list.Items.Any(HoldsGuard),
        _ => false,
    };

    private static bool OpensWith(string subject, YamlScalar key, IReadOnlyCollection<string> known, bool isLimit, DiagnosticBag diagnostics)
    {
        var help = Nearest(key.Value, known);
        var opens = help is null && !isLimit;
        diagnostics.Warning(
            DiagnosticCodes.UnknownKey,
            opens ? $"{subject}: nobody reads the key '{key.Value}'" : $"{subject} opens nothing: its key '{key.Value}' may be a limit, and nobody reads it",
            key,
            help ?? "a key that is only a note begins with x-");
        return opens;
    }

    private static bool LooksLikeLimit(string key)
    {
        var letters = string.Concat(key.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return LimitWords.Contains(letters) || LimitParts.Any(part => letters.Contains(part, StringComparison.Ordinal)) || LooksLikeGuard(key);
    }

    private static string Closes(string subject, YamlScalar key, DiagnosticBag diagnostics, IEnumerable<string>? known = null)
    {
        diagnostics.Warning(
            DiagnosticCodes.UnknownKey,
            $"{subject} is closed: its key '{key.Value}' may be meant to guard it, and nobody reads it",
            key,
            Nearest(key.Value, known ?? Guards) ?? "correct it; a key that is only a note begins with x-");
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
