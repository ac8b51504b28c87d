using Esb.Schema.Diagnostics;
using Esb.Schema.Http;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>Reads what becomes a header: nothing that could end its line gets beyond the file.</summary>
internal static class HeaderReader
{
    private const string Rule = "a header's value has no line breaks and no other control characters";

    /// <summary>A mapping from names to values.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(MappingReader reader, string key, DiagnosticBag diagnostics)
    {
        List<KeyValuePair<string, string>> fields = [.. reader.TextMap(key)];
        foreach (var (name, value) in fields)
        {
            var at = (reader.Mapping[key] as YamlMapping)?.KeyNode(name) ?? reader.Mapping[key];
            if (!HeaderSyntax.IsToken(name))
                diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: '{key}' has '{Shown(name)}', which is no name of a header", at, "allowed are letters, digits and !#$%&'*+-.^_`|~");
            else if (!HeaderSyntax.IsValue(value))
                diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: '{key}.{name}' cannot be sent", at, Rule);
        }

        return fields;
    }

    /// <summary>A list of texts that stand in one header, with commas between them.</summary>
    public static IReadOnlyList<string> Values(MappingReader reader, string key, DiagnosticBag diagnostics)
    {
        var values = reader.TextList(key);
        if (values.FirstOrDefault(v => !HeaderSyntax.IsValue(v)) is { } wrong)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: '{key}' has '{Shown(wrong)}', which cannot be sent", reader.Mapping[key], Rule);
        return values;
    }

    // Messages go to terminals.
    private static string Shown(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c));
}
