using Esb.Cli.Diagnosis;
using Esb.Schema.Files;
using Esb.Schema.Yaml;

namespace Esb.Cli.SupportBundles;

/// <summary>
/// One of the three files without its secrets, and the values that were removed. Names stay; values and comments are
/// removed.
/// </summary>
internal sealed class DocumentRedaction
{
    public const string Placeholder = "***";

    // Keys whose values are names. Any other value may be a password.
    private static readonly HashSet<string> Naming = new(StringComparer.Ordinal)
    {
        "name", "function", "application", "path", "method", "code", "image", "handler", "runtime",
        "TableName", "BucketName", "IndexName", "AttributeName", "Name", "Key",
    };

    private readonly List<SecretValue> _removed = [];
    private readonly HashSet<string> _visible = new(StringComparer.Ordinal);

    private DocumentRedaction(string file, YamlMapping document) => Document = (YamlMapping)Walk(document, "", file);

    /// <summary>The document without secrets.</summary>
    public YamlMapping Document { get; }

    /// <summary>The removed values.</summary>
    public IReadOnlyList<SecretValue> Removed => _removed;

    /// <summary>Words that stay readable, such as the names of functions and tables.</summary>
    public IReadOnlySet<string> Visible => _visible;

    public static DocumentRedaction Of(string file, YamlMapping document) => new(file, document);

    private YamlNode Walk(YamlNode node, string key, string where)
    {
        switch (node)
        {
            case YamlMapping mapping:
                return new YamlMapping(
                    [.. mapping.Entries.Select(entry => entry with { Value = Entry(mapping, entry, where) })]);
            case YamlSequence sequence:
                return new YamlSequence(
                    [.. sequence.Items.Select((item, at) => Walk(item, key, $"{where}[{Label(item) ?? $"{at}"}]"))]);
            case YamlScalar scalar:
                return Shown(scalar, key, where);
            default:
                return node;
        }
    }

    private YamlNode Entry(YamlMapping parent, YamlEntry entry, string where)
    {
        var key = entry.Key.Value;
        _visible.Add(key);
        var below = $"{where} {key}";
        if (SecretPlaces.IsAllBelow(key))
            return TakeAll(entry.Value, below);
        if (entry.Value is YamlScalar scalar && IsSecretByName(key, scalar))
            return Take(scalar, below, isSecretByName: true);
        if (SecretPlaces.IsAt(parent, key))
            return entry.Value is YamlScalar value
                ? Take(value, below, isSecretByName: key == "value")
                : TakeAll(entry.Value, below);
        return Walk(entry.Value, key, below);
    }

    private YamlScalar Shown(YamlScalar scalar, string key, string where)
    {
        if (SecretPlaces.ShownOf(key, scalar.Value) is { } shown)
        {
            foreach (var part in HiddenParts(scalar.Value))
                _removed.Add(new SecretValue(where, part, IsSecretByName: false));
            return YamlScalar.Text(shown);
        }

        if (Naming.Contains(key))
            _visible.Add(scalar.Value);
        return new YamlScalar(scalar.Value, scalar.IsPlain, tag: scalar.Tag);
    }

    // The part of a URL after the server, as a whole and split into its values.
    private static IEnumerable<string> HiddenParts(string address)
    {
        var host = address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0;
        var rest = address[host..];
        var behind = rest.IndexOfAny(['/', '?']) is >= 0 and var end ? rest[(end + 1)..] : "";
        var query = behind.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? behind[(mark + 1)..] : "";
        return [behind, .. query.Split('&').Select(pair => pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..])];
    }

    private static bool IsSecretByName(string key, YamlScalar scalar) =>
        scalar.AsBoolean is null && !scalar.IsNull && SecretNames.IsSecret(key);

    private YamlNode TakeAll(YamlNode node, string where) => node switch
    {
        YamlMapping mapping => new YamlMapping([.. mapping.Entries.Select(entry => TakeNamed(entry, where))]),
        YamlSequence sequence => new YamlSequence([.. sequence.Items.Select(item => TakeAll(item, where))]),
        YamlScalar scalar => Take(scalar, where, isSecretByName: false),
        _ => node,
    };

    private YamlEntry TakeNamed(YamlEntry entry, string where)
    {
        _visible.Add(entry.Key.Value);
        var below = $"{where}.{entry.Key.Value}";
        var value = entry.Value is YamlScalar scalar
            ? Take(scalar, below, SecretNames.IsSecret(entry.Key.Value))
            : TakeAll(entry.Value, below);
        return entry with { Value = value };
    }

    private YamlScalar Take(YamlScalar scalar, string where, bool isSecretByName)
    {
        if (scalar.IsNull || scalar.Value.Length == 0)
            return scalar;
        _removed.Add(new SecretValue(where, scalar.Value, isSecretByName));
        return YamlScalar.Text(Placeholder);
    }

    private static string? Label(YamlNode item) => item is YamlMapping mapping
        ? ((mapping["name"] ?? mapping["path"] ?? mapping["TableName"] ?? mapping["BucketName"]) as YamlScalar)?.Value
        : null;
}
