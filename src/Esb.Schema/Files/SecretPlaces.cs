using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// The places in the three files whose values no output shows: each may be a password or contain one.
/// What a template keeps secret beside these is known while it is deployed; see <see cref="ConcealedTexts"/>.
/// </summary>
public static class SecretPlaces
{
    // What functions, stages, schedules and other servers are given, what a guarded route answers, and what a bucket
    // asks of a request.
    private static readonly HashSet<string> Mappings = new(StringComparer.Ordinal)
    {
        "environment", "stage_variables", "input", "headers", "body", "Condition",
    };

    /// <summary>Whether all that stands below a key is one.</summary>
    public static bool IsAllBelow(string key) => Mappings.Contains(key);

    /// <summary>Whether the value of a key is one: all below it, the value of an API key, or of a tag.</summary>
    /// <param name="mapping">What the key stands in.</param>
    /// <param name="key">The key.</param>
    public static bool IsAt(YamlMapping mapping, string key)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return IsAllBelow(key)
            || (key == "value" && mapping.Contains("name"))
            || (key == "Value" && mapping.Contains("Key"));
    }

    /// <summary>Whether an entry of the defaults is one, by its path with dots.</summary>
    public static bool IsInDefaults(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsAllBelow(path.Split('.')[0]);
    }

    /// <summary>
    /// The address of another server for people: the server, and behind it asterisks unless nothing but parameters
    /// stands there. Paths and queries hold tokens as often as names; users and passwords have no place in an address,
    /// but may have been written into one.
    /// </summary>
    public static string ShownAddress(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        var host = scheme < 0 ? 0 : scheme + 3;
        var end = uri.AsSpan(host).IndexOfAny('/', '?') is >= 0 and var found ? host + found : uri.Length;
        var server = uri[host..end];
        var rest = uri[end..];
        var behind = rest.Split('/').All(IsParameterOrEmpty) ? rest : $"/{ConcealedTexts.Shown}";
        return $"{uri[..host]}{server[(server.LastIndexOf('@') + 1)..]}{behind}";
    }

    private static bool IsParameterOrEmpty(string segment) =>
        segment.Length == 0
            || (segment is ['{', .., '}'] && !segment.AsSpan(1, segment.Length - 2).ContainsAny('{', '}', '?'));

    /// <summary>What is shown of a text, of which a part may be a secret; null when it is shown as it is.</summary>
    /// <param name="key">The key that it stands at.</param>
    /// <param name="text">The text.</param>
    public static string? ShownOf(string key, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = key switch
        {
            "uri" => ShownAddress(text),
            "jwks_uri" when text.IndexOf('?', StringComparison.Ordinal) is > 0 and var query
                => $"{text[..query]}?{ConcealedTexts.Shown}",
            _ => text,
        };
        return shown == text ? null : shown;
    }
}
