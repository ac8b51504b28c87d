using System.Text.Json;

namespace Esb.Tables.Values;

/// <summary>Writes values in the JSON format of the API.</summary>
public static class ValueWriter
{
    /// <summary>Writes one value, such as <c>{"S": "a"}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, AttributeValue value)
    {
        writer.WriteStartObject();
        switch (value)
        {
            case StringValue text:
                writer.WriteString("S"u8, text.Text);
                break;
            case NumberValue number:
                writer.WriteString("N"u8, number.Number.ToString());
                break;
            case BinaryValue binary:
                writer.WriteBase64String("B"u8, binary.Bytes.Span);
                break;
            case BooleanValue boolean:
                writer.WriteBoolean("BOOL"u8, boolean.IsTrue);
                break;
            case NullValue:
                writer.WriteBoolean("NULL"u8, true);
                break;
            default:
                WriteCollection(writer, value);
                break;
        }
        writer.WriteEndObject();
    }

    /// <summary>Writes an item as an object with its attributes.</summary>
    public static void WriteItem(Utf8JsonWriter writer, MapValue item)
    {
        writer.WriteStartObject();
        WriteMembers(writer, item);
        writer.WriteEndObject();
    }

    private static void WriteCollection(Utf8JsonWriter writer, AttributeValue value)
    {
        switch (value)
        {
            case StringSetValue set:
                WriteArray(writer, "SS", set.Members, static (to, member) => to.WriteStringValue(member));
                break;
            case NumberSetValue set:
                WriteArray(writer, "NS", set.Members, static (to, member) => to.WriteStringValue(member.ToString()));
                break;
            case BinarySetValue set:
                WriteArray(writer, "BS", set.Members, static (to, member) => to.WriteBase64StringValue(member.Span));
                break;
            case ListValue list:
                WriteArray(writer, "L", list.Elements, Write);
                break;
            case MapValue map:
                writer.WriteStartObject("M"u8);
                WriteMembers(writer, map);
                writer.WriteEndObject();
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, MapValue map)
    {
        foreach (var (name, member) in map.Members)
        {
            writer.WritePropertyName(name);
            Write(writer, member);
        }
    }

    private static void WriteArray<T>(
        Utf8JsonWriter writer, string name, IReadOnlyList<T> members, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray(name);
        foreach (var member in members)
            write(writer, member);
        writer.WriteEndArray();
    }
}
