using System.Text.Json;

namespace Esb.Tables.Values;

/// <summary>Writes values in the form of the wire.</summary>
public static class ValueWriter
{
    /// <summary>Writes one value, e.g. <c>{"S": "a"}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, AttributeValue value) => throw new NotImplementedException();

    /// <summary>Writes an item: an object of its attributes.</summary>
    public static void WriteItem(Utf8JsonWriter writer, MapValue item) => throw new NotImplementedException();
}
