using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Manifests;

/// <summary>Reads values that tables and buckets have in common.</summary>
internal sealed class ValueReader(DiagnosticBag diagnostics)
{
    /// <summary>
    /// One of the allowed words. Null when the key is absent, or when its value is not allowed, which is reported.
    /// </summary>
    public string? OneOf(MappingReader reader, string key, params ReadOnlySpan<string> allowed)
    {
        if (reader.Text(key) is not { } value)
            return null;
        foreach (var word in allowed)
        {
            if (word == value)
                return value;
        }

        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{reader.Subject}: '{key}' is '{value}'",
            reader.Mapping[key],
            $"allowed: {string.Join(", ", allowed.ToArray())}");
        return null;
    }

    /// <summary>Reports a missing key, once per key. A key with a wrong value has been reported already.</summary>
    public T? Missing<T>(MappingReader reader, string key, string help)
        where T : class
    {
        if (reader.Mapping[key] is null or YamlScalar { IsNull: true })
            diagnostics.Error(
                DiagnosticCodes.MissingKey, $"{reader.Subject}: '{key}' is missing", reader.Mapping, help);
        return null;
    }

    /// <summary>The mappings in a list; any other entry is an error.</summary>
    public IEnumerable<MappingReader> Mappings(MappingReader reader, string key)
    {
        foreach (var item in reader.List(key))
        {
            if (item is YamlMapping mapping)
                yield return new MappingReader(mapping, $"{reader.Subject}, {key}", diagnostics);
            else
                diagnostics.Error(
                    DiagnosticCodes.WrongKind,
                    $"{reader.Subject}: an entry of '{key}' must be a mapping, but is {item.Kind}",
                    item);
        }
    }

    /// <summary>CloudFormation's <c>Tags: [{Key, Value}]</c>; null when the key is absent.</summary>
    public IReadOnlyDictionary<string, string>? Tags(MappingReader reader)
    {
        if (reader.Mapping["Tags"] is null)
            return null;
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in Mappings(reader, "Tags"))
        {
            Only(tag, "Key", "Value");
            if (tag.RequiredText("Key", "every tag needs one") is { } key)
                tags[key] = tag.Text("Value") ?? "";
        }

        return tags;
    }

    /// <summary>
    /// Refuses unknown keys inside a property, and keys without a value: a rule whose filter was ignored would apply to
    /// everything. CloudFormation defines the keys, and refuses others and nulls too.
    /// </summary>
    /// <param name="reader">The property, or one of its entries.</param>
    /// <param name="known">The keys that are read, or that have no meaning in a local store.</param>
    public MappingReader Only(MappingReader reader, params ReadOnlySpan<string> known)
    {
        foreach (var (key, value) in reader.Mapping.Entries)
        {
            if (!known.Contains(key.Value))
                diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"{reader.Subject}: the key '{key.Value}' is not read",
                    key,
                    $"known: {string.Join(", ", known.ToArray())}");
            else
                RefuseEmpty(reader, key, value);
        }

        return reader;
    }

    /// <summary>
    /// Warns about keys that are not applied, and about known keys without a value. A guard without a value is an
    /// error, since it would let everybody in.
    /// </summary>
    public void WarnOfOthers(MappingReader reader, IReadOnlyList<string> known, params ReadOnlySpan<string> guards)
    {
        foreach (var (key, value) in reader.Mapping.Entries)
        {
            if (!known.Contains(key.Value))
                diagnostics.Warning(
                    DiagnosticCodes.NotSupported,
                    $"{reader.Subject}: '{key.Value}' is not applied by this version",
                    key);
            else if (guards.Contains(key.Value))
                RefuseEmpty(reader, key, value);
            else if (value is YamlScalar { IsNull: true })
                diagnostics.Warning(
                    DiagnosticCodes.MissingKey,
                    $"{reader.Subject}: '{key.Value}' has no value, and so no effect",
                    key,
                    "give it a value, or leave the key out");
        }
    }

    // Without a value, nothing would be restricted: a rule with an empty prefix applies to every object.
    private void RefuseEmpty(MappingReader reader, YamlScalar key, YamlNode value)
    {
        if (value is YamlScalar { IsNull: true })
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{reader.Subject}: '{key.Value}' has no value",
                key,
                "give it a value, or leave the key out");
    }
}
