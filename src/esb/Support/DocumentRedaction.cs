using Esb.Cli.Diagnosis;
using Esb.Schema.Yaml;

namespace Esb.Cli.Support;

/// <summary>One of the three files without its secrets, and what was taken out. Names stay, values go; comments are not in a tree and go too.</summary>
internal sealed class DocumentRedaction
{
    public const string Placeholder = "***";

    // What functions are given, and what a schedule or a stage hands them.
    private static readonly string[] WholeMappings = ["environment", "stage_variables"];

    private readonly List<SecretValue> _removed = [];
    private readonly HashSet<string> _visible = new(StringComparer.Ordinal);

    private DocumentRedaction(string file, YamlMapping document) => Document = (YamlMapping)Walk(document, file);

    /// <summary>What may be shown.</summary>
    public YamlMapping Document { get; }

    /// <summary>What was taken out.</summary>
    public IReadOnlyList<SecretValue> Removed => _removed;

    /// <summary>Words that stay readable, such as the names of functions and tables.</summary>
    public IReadOnlySet<string> Visible => _visible;

    public static DocumentRedaction Of(string file, YamlMapping document) => new(file, document);

    private YamlNode Walk(YamlNode node, string where)
    {
        switch (node)
        {
            case YamlMapping mapping:
                return new YamlMapping([.. mapping.Entries.Select(entry => entry with { Value = Entry(mapping, entry, where) })]);
            case YamlSequence sequence:
                return new YamlSequence([.. sequence.Items.Select((item, at) => Walk(item, $"{where}[{Label(item) ?? $"{at}"}]"))]);
            case YamlScalar scalar:
                _visible.Add(scalar.Value);
                return new YamlScalar(scalar.Value, scalar.IsPlain, tag: scalar.Tag);
            default:
                return node;
        }
    }

    private YamlNode Entry(YamlMapping parent, YamlEntry entry, string where)
    {
        var key = entry.Key.Value;
        _visible.Add(key);
        var below = $"{where} {key}";
        if (WholeMappings.Contains(key))
            return TakeAll(entry.Value, below);
        if (entry.Value is YamlScalar scalar && IsSecret(parent, key, scalar))
            return Take(scalar, below, isSecretByName: true);
        return key == "input" ? TakeAll(entry.Value, below) : Walk(entry.Value, below);
    }

    // An API key is {name, value}; elsewhere the name tells.
    private static bool IsSecret(YamlMapping parent, string key, YamlScalar scalar) =>
        scalar.AsBoolean is null && !scalar.IsNull && (SecretNames.IsSecret(key) || (key == "value" && parent.Contains("name")));

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
        return entry with { Value = entry.Value is YamlScalar scalar ? Take(scalar, below, SecretNames.IsSecret(entry.Key.Value)) : TakeAll(entry.Value, below) };
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
