using Esb.Host.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>
/// Reads typed values of a mapping and reports errors with their position. A key that is absent or null reads as null
/// without an error; whether it is required is the caller's rule.
/// </summary>
/// <param name="mapping">The mapping to read.</param>
/// <param name="subject">Its name in messages, such as <c>function 'orders'</c>.</param>
/// <param name="diagnostics">Receives the errors.</param>
public sealed class MappingReader(YamlMapping mapping, string subject, DiagnosticBag diagnostics)
{
    /// <summary>The mapping to read.</summary>
    public YamlMapping Mapping => mapping;

    /// <summary>Its name in messages.</summary>
    public string Subject => subject;

    /// <summary>A scalar of any kind, as written.</summary>
    public string? Text(string key) => Get<YamlScalar>(key, "text")?.Value;

    /// <summary>
    /// A name: text, but not a plain number or boolean, which other readers of the file would not read as the same
    /// characters (<c>1e2</c> is 100).
    /// </summary>
    public string? Name(string key)
    {
        if (Get<YamlScalar>(key, "text") is not { } scalar)
            return null;
        if (!scalar.IsNumber && scalar.AsBoolean is null)
            return scalar.Value;
        diagnostics.Error(
            DiagnosticCodes.WrongKind,
            $"{subject}: '{key}' must be text, but is {(scalar.IsNumber ? "a number" : "a truth value")}",
            scalar,
            $"put it in quotes: {key}: '{scalar.Value}'");
        return null;
    }

    /// <summary>A required <see cref="Name"/> that is not empty.</summary>
    public string? RequiredName(string key, string help) => RequiredText(key, help) is null ? null : Name(key);

    /// <summary>A required scalar that is not empty.</summary>
    public string? RequiredText(string key, string help)
    {
        var node = mapping[key];
        if (node is null or YamlScalar { IsNull: true } or YamlScalar { Value: "" })
        {
            diagnostics.Error(DiagnosticCodes.MissingKey, $"{subject}: '{key}' is missing", mapping, help);
            return null;
        }

        return Text(key);
    }

    /// <summary>An integer within bounds.</summary>
    public int? Integer(string key, int minimum, int maximum)
    {
        if (Get<YamlScalar>(key, "a whole number") is not { } scalar)
            return null;
        if (CoreSchema.Integer(scalar.Value, scalar.IsPlain) is { } number && number >= minimum && number <= maximum)
            return number;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{subject}: '{key}' is '{scalar.Value}'",
            scalar,
            $"allowed: a whole number from {minimum} to {maximum}");
        return null;
    }

    /// <summary>A boolean.</summary>
    public bool? Boolean(string key)
    {
        if (Get<YamlScalar>(key, "true or false") is not { } scalar)
            return null;
        // Template engines leave a quoted "true" behind, which is never meant as text.
        if ((scalar.AsBoolean ?? CoreSchema.Boolean(scalar.Value)) is { } value)
            return value;
        diagnostics.Error(
            DiagnosticCodes.WrongValue, $"{subject}: '{key}' is '{scalar.Value}'", scalar, "allowed: true or false");
        return null;
    }

    /// <summary>A nested mapping, as a reader whose subject includes the key.</summary>
    public MappingReader? Nested(string key) =>
        Get<YamlMapping>(key, "a mapping") is { } nested
            ? new MappingReader(nested, $"{subject}, {key}", diagnostics)
            : null;

    /// <summary>A list; empty when absent.</summary>
    public IReadOnlyList<YamlNode> List(string key) => Get<YamlSequence>(key, "a list")?.Items ?? [];

    /// <summary>A list of texts; empty when absent. A single text counts as a list of one.</summary>
    public IReadOnlyList<string> TextList(string key)
    {
        if (mapping[key] is YamlScalar { IsNull: false } single)
            return [single.Value];
        List<string> texts = [];
        foreach (var item in List(key))
        {
            if (item is YamlScalar { IsNull: false } scalar && HasNoTag(item))
                texts.Add(scalar.Value);
            else if (item is not YamlScalar { IsNull: false })
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"{subject}: '{key}' must be a list of text, but is {item.Kind}", item);
        }

        return texts;
    }

    /// <summary>A mapping from text to text, in order; numbers and booleans are read as written.</summary>
    public IReadOnlyDictionary<string, string> TextMap(string key)
    {
        var texts = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Get<YamlMapping>(key, "a mapping")?.Entries ?? [])
        {
            if (value is YamlScalar scalar && HasNoTag(value))
                texts[name.Value] = scalar.IsNull ? "" : scalar.Value;
            else if (value is not YamlScalar)
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{subject}: '{key}.{name.Value}' must be text, but is {value.Kind}",
                    value);
        }

        return texts;
    }

    /// <summary>Warns of keys that are not read; a key that is only a note begins with <c>x-</c>.</summary>
    /// <param name="known">The keys that are read.</param>
    public void WarnOfOthers(params ReadOnlySpan<string> known)
    {
        foreach (var (key, _) in mapping.Span)
        {
            if (known.Contains(key.Value)
                || key.Value.StartsWith("x-", StringComparison.OrdinalIgnoreCase)
                || key.Value.StartsWith("x_", StringComparison.OrdinalIgnoreCase))
                continue;
            string? nearest = null;
            foreach (var candidate in known)
            {
                if (EditDistance.IsNear(key.Value, candidate))
                    nearest ??= candidate;
            }

            diagnostics.Warning(
                DiagnosticCodes.UnknownKey,
                $"{subject}: the key '{key.Value}' is not read",
                key,
                nearest is null ? "a key that is only a note begins with x-" : $"did you mean '{nearest}'?");
        }
    }

    /// <summary>
    /// Warns of keys that are not read, and of keys without a value, which have no effect: a limit may have been meant.
    /// </summary>
    /// <param name="known">The keys that are read.</param>
    public void WarnOfOthersAndEmpty(params ReadOnlySpan<string> known)
    {
        WarnOfOthers(known);
        foreach (var (key, value) in mapping.Span)
        {
            if (value is YamlScalar { IsNull: true } && known.Contains(key.Value))
                diagnostics.Warning(
                    DiagnosticCodes.MissingKey,
                    $"{subject}: '{key.Value}' has no value, and so no effect",
                    key,
                    "give it a value, or leave the key out");
        }
    }

    // Templates no longer contain tags at this point; in other files a tag would be ignored.
    private bool HasNoTag(YamlNode node)
    {
        if (node.Tag is null)
            return true;
        diagnostics.Error(
            DiagnosticCodes.NotSupported,
            $"{subject}: the tag '{node.Tag}' means nothing here",
            node,
            "write the value itself");
        return false;
    }

    private T? Get<T>(string key, string wanted)
        where T : YamlNode
    {
        switch (mapping[key])
        {
            case T node when node is not YamlScalar { IsNull: true }:
                return HasNoTag(node) ? node : null;
            case null or YamlScalar { IsNull: true }:
                return null;
            case var other:
                diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"{subject}: '{key}' must be {wanted}, but is {other.Kind}", other);
                return null;
        }
    }
}
