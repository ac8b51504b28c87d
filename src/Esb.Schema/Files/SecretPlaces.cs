using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Schema.Files;

/// <summary>
/// The places in the three files whose values no output shows, because each may be a password or contain one. Further
/// secrets of a template are known only while it is being deployed; see <see cref="ConcealedTexts"/>.
/// </summary>
public static class SecretPlaces
{
    // What is passed to functions, stages, schedules and other servers, what a guarded route answers, and the
    // conditions in a bucket's policy.
    private static readonly HashSet<string> Mappings = new(StringComparer.Ordinal)
    {
        "environment", "stage_variables", "input", "headers", "body", "Condition",
    };

    /// <summary>Whether everything below a key is secret.</summary>
    public static bool IsAllBelow(string key) => Mappings.Contains(key);

    /// <summary>
    /// Whether the value of a key is secret: everything below the key, or the value of an API key or a tag.
    /// </summary>
    /// <param name="mapping">The mapping that contains the key.</param>
    /// <param name="key">The key.</param>
    public static bool IsAt(YamlMapping mapping, string key)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        return IsAllBelow(key)
            || (key == "value" && mapping.Contains("name"))
            || (key == "Value" && mapping.Contains("Key"));
    }

    /// <summary>Whether an entry of the defaults, identified by its dotted path, is secret.</summary>
    public static bool IsInDefaults(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return IsAllBelow(path.Split('.')[0]);
    }

    /// <summary>
    /// The address of another server as people see it: the server, followed by asterisks unless the rest of the address
    /// consists of parameters only. Paths and queries hold tokens as often as names; users and passwords do not belong
    /// in an address but may have been written into one.
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

    /// <summary>
    /// What is shown instead of a text that may be partly secret; null when the text is shown unchanged.
    /// </summary>
    /// <param name="key">The key of the text.</param>
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
