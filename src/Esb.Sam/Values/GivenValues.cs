using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Values;

/// <summary>
/// Values that only AWS knows and a person provides in a file: exports, SSM parameters, secrets, and resources that ESB
/// does not create. <c>imports: {Name: value}</c>, <c>ssm: {/path: value}</c>, <c>secrets: {name: text or mapping}</c>,
/// <c>resources: {Queue: value, Queue.Arn: value}</c>.
/// </summary>
public sealed class GivenValues
{
    /// <summary>The file that is read when it is next to the template.</summary>
    public const string FileName = "esb-values.yaml";

    /// <summary>No values.</summary>
    public static readonly GivenValues None = new(YamlMapping.Empty);

    private static readonly string[] Kinds = ["imports", "ssm", "secrets", "resources"];

    private readonly YamlMapping _document;

    private GivenValues(YamlMapping document) => _document = document;

    /// <summary>Reads a file of values; null, with an error, when it is invalid.</summary>
    public static GivenValues? Read(string text, string file, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (YamlReader.Read(text, file, diagnostics) is not { } node)
            return null;
        if (node is not YamlMapping document)
        {
            diagnostics.Error(DiagnosticCodes.WrongKind, $"values must be a mapping, but is {node.Kind}", node);
            return null;
        }

        YamlTags.Refuse(document, diagnostics);
        foreach (var (key, value) in document.Entries)
        {
            if (!Kinds.Contains(key.Value))
                diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"unknown kind of values '{key.Value}'",
                    key,
                    Receipts.NearMiss.Help(key.Value, Kinds) ?? $"allowed: {string.Join(", ", Kinds)}");
            else if (value is not YamlMapping)
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"'{key.Value}' must be a mapping, but is {value.Kind}", value);
        }

        return new GivenValues(document);
    }

    /// <summary>The value of an export, for <c>Fn::ImportValue</c>.</summary>
    internal YamlNode? Import(string name) => Of("imports", name);

    /// <summary>The value of an SSM parameter.</summary>
    internal YamlNode? Parameter(string name) => Of("ssm", name.Split(':')[0]) ?? Of("ssm", name);

    /// <summary>The value of a secret, or of one of its keys.</summary>
    internal YamlNode? Secret(string name, string? key) =>
        Of("secrets", name) is { } whole
            ? (key is { Length: > 0 }
                ? (whole as YamlMapping)?[key] is { } part and not YamlScalar { IsNull: true } ? part : null
                : whole)
            : null;

    /// <summary>The value of <c>Ref</c> (<c>Queue</c>) or <c>Fn::GetAtt</c> (<c>Queue.Arn</c>) of a resource.</summary>
    internal YamlNode? Resource(string reference) => Of("resources", reference);

    // A key without a value counts as absent.
    private YamlNode? Of(string kind, string name) =>
        (_document[kind] as YamlMapping)?[name] is { } value and not YamlScalar { IsNull: true } ? value : null;
}
