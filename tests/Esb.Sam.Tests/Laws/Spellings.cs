using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Laws;

/// <summary>
/// One template in the spellings that CloudFormation accepts: JSON, YAML with long names, YAML with short tags.
/// </summary>
internal static class Spellings
{
    public static string Json(YamlNode template)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(
            buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(json, template);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static string LongYaml(YamlNode template) => YamlTextWriter.Write(template);

    public static string ShortYaml(YamlNode template) => YamlTextWriter.Write(Short(template));

    private static YamlNode Short(YamlNode node) => node switch
    {
        YamlMapping { Entries: [var only] } when only.Key.Value is "Ref" or "Condition"
            || only.Key.Value.StartsWith("Fn::", StringComparison.Ordinal) =>
            Tagged(only.Key.Value.Replace("Fn::", "", StringComparison.Ordinal), only.Value),
        YamlMapping mapping => new YamlMapping([.. mapping.Entries.Select(e => e with { Value = Short(e.Value) })]),
        YamlSequence sequence => new YamlSequence([.. sequence.Items.Select(Short)]),
        _ => node,
    };

    // A node may have only one short tag, so a nested function needs the long spelling.
    private static YamlNode Tagged(string function, YamlNode argument) => argument switch
    {
        YamlScalar scalar => new YamlScalar(scalar.Value, scalar.IsPlain, default, "!" + function),
        YamlSequence list => new YamlSequence([.. list.Items.Select(Short)], default, "!" + function),
        YamlMapping { Entries: [var only] } map when Short(map).Tag is not null =>
            new YamlMapping([only with { Value = Short(only.Value) }], default, "!" + function),
        YamlMapping map =>
            new YamlMapping([.. map.Entries.Select(e => e with { Value = Short(e.Value) })], default, "!" + function),
        _ => argument,
    };

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                json.WriteStartObject();
                foreach (var (key, value) in mapping.Entries)
                {
                    json.WritePropertyName(key.Value);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
            case YamlSequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case YamlScalar { IsNumber: true } number:
                json.WriteRawValue(number.Value);
                break;
            default:
                json.WriteStringValue(((YamlScalar)node).Value);
                break;
        }
    }
}
