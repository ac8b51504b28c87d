using Esb.Schema.Diagnostics;
using Esb.Schema.Http;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>Reads the values of headers, so that nothing which could end a header's line gets past the file.</summary>
internal static class HeaderReader
{
    private const string Rule = "a header's value has no line breaks and no other control characters";

    /// <summary>Reads a mapping from names to values.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(
        MappingReader reader,
        string key,
        DiagnosticBag diagnostics)
    {
        List<KeyValuePair<string, string>> fields = [.. reader.TextMap(key)];
        foreach (var (name, value) in fields)
        {
            var at = (reader.Mapping[key] as YamlMapping)?.KeyNode(name) ?? reader.Mapping[key];
            if (!HeaderSyntax.IsToken(name))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{reader.Subject}: '{key}' has '{Shown(name)}', which is not the name of a header",
                    at,
                    "allowed: letters, digits and !#$%&'*+-.^_`|~");
            else if (!HeaderSyntax.IsValue(value))
                diagnostics.Error(
                    DiagnosticCodes.WrongValue, $"{reader.Subject}: '{key}.{name}' cannot be sent", at, Rule);
        }

        return fields;
    }

    /// <summary>Reads a list of texts that are in one header, separated by commas.</summary>
    public static IReadOnlyList<string> Values(MappingReader reader, string key, DiagnosticBag diagnostics)
    {
        var values = reader.TextList(key);
        if (values.FirstOrDefault(v => !HeaderSyntax.IsValue(v)) is { } wrong)
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{reader.Subject}: '{key}' has '{Shown(wrong)}', which cannot be sent",
                reader.Mapping[key],
                Rule);
        return values;
    }

    // Messages are printed on terminals.
    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
