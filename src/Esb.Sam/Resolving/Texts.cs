using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>Functions that produce text or lists: Join, Split, Select, Base64, ToJsonString, Length.</summary>
internal static class Texts
{
    public static YamlNode? Join(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: [var separator, var list] }
            && resolver.Resolve(list) is YamlSequence items
            && items.Items.All(i => i is YamlScalar))
            return resolver.Bounded(
                string.Join(resolver.Text(separator, "Fn::Join"), items.Items.Select(i => (i as YamlScalar)?.Value)),
                argument);
        return Wrong(
            resolver, argument, "Fn::Join needs a separator and a list of text", "for example !Join ['-', [a, b]]");
    }

    public static YamlNode? Split(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: [var separator, var text] }
            && resolver.Text(separator, "Fn::Split") is { Length: > 0 } by
            && resolver.Text(text, "Fn::Split") is { } whole)
            return new YamlSequence(
                [.. whole.Split(by).Select(p => new YamlScalar(p, place: argument.Place))], argument.Place);
        return Wrong(resolver, argument, "Fn::Split needs a separator and text", "for example !Split [',', 'a,b']");
    }

    public static YamlNode? Select(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: [var index, var list] }
            && int.TryParse(
                resolver.Text(index, "Fn::Select"), NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && resolver.Resolve(list) is YamlSequence items)
        {
            // Omitted items would change the indexes of the others.
            if (list is YamlSequence written && written.Items.Count != items.Items.Count)
                return Wrong(
                    resolver,
                    argument,
                    "Fn::Select has a list that contains AWS::NoValue",
                    "choose the whole value with Fn::If instead");
            if (at < items.Items.Count)
                return items.Items[at];
            return Wrong(
                resolver,
                argument,
                $"Fn::Select asks for item {at} of {items.Items.Count}",
                "the first item has the number 0");
        }

        return Wrong(resolver, argument, "Fn::Select needs a number and a list", "for example !Select [0, [a, b]]");
    }

    public static YamlNode Base64(Resolver resolver, YamlNode argument) =>
        new YamlScalar(
            Convert.ToBase64String(Encoding.UTF8.GetBytes(resolver.Text(argument, "Fn::Base64") ?? "")),
            place: argument.Place);

    public static YamlNode? Length(Resolver resolver, YamlNode argument) =>
        resolver.Resolve(argument) is YamlSequence list
            ? YamlScalar.Number(list.Items.Count)
            : Wrong(resolver, argument, "Fn::Length needs a list", null);

    public static YamlNode ToJsonString(Resolver resolver, YamlNode argument) =>
        resolver.Bounded(Json(resolver.Resolve(argument)), argument);

    /// <summary>Writes a resolved tree as JSON, without whitespace.</summary>
    public static string Json(YamlNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(
            buffer,
            new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteJson(json, node);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteJson(Utf8JsonWriter json, YamlNode? node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                json.WriteStartObject();
                foreach (var (key, value) in mapping.Entries)
                {
                    json.WritePropertyName(key.Value);
                    WriteJson(json, value);
                }

                json.WriteEndObject();
                break;
            case YamlSequence sequence:
                json.WriteStartArray();
                foreach (var item in sequence.Items)
                    WriteJson(json, item);
                json.WriteEndArray();
                break;
            case YamlScalar { IsNull: true } or null:
                json.WriteNullValue();
                break;
            case YamlScalar { AsBoolean: { } boolean }:
                json.WriteBooleanValue(boolean);
                break;
            case YamlScalar { IsNumber: true } number when IsOfJson(number.Value)
                && decimal.TryParse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value):
                json.WriteNumberValue(value);
                break;
            case YamlScalar text:
                json.WriteStringValue(text.Value);
                break;
        }
    }

    // 0123 is not a JSON number. Written as a number, it would become a different text.
    private static bool IsOfJson(string number) =>
        number.TrimStart('-') is ['0'] or ['0', '.', ..] or [>= '1' and <= '9', ..];

    private static YamlNode? Wrong(Resolver resolver, YamlNode at, string message, string? help)
    {
        resolver.Diagnostics.Error(DiagnosticCodes.WrongKind, message, at, help);
        return null;
    }
}
