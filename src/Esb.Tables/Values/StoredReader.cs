using System.Text.Json;

namespace Esb.Tables.Values;

/// <summary>Reads what <see cref="ValueWriter"/> has written, and therefore does not check it.</summary>
internal static class StoredReader
{
    /// <summary>Reads an item.</summary>
    public static MapValue Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ValueReader.MostJsonLevels });
        reader.Read();
        return Map(ref reader);
    }

    // The reader is at the start of the object with the members.
    private static MapValue Map(ref Utf8JsonReader reader)
    {
        var members = new Dictionary<string, AttributeValue>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            members[name] = Value(ref reader);
        }
        return new MapValue(members);
    }

    private static AttributeValue Value(ref Utf8JsonReader reader)
    {
        reader.Read();
        var type = Enum.Parse<AttributeType>(reader.GetString()!);
        reader.Read();
        AttributeValue value = type switch
        {
            AttributeType.S => new StringValue(reader.GetString()!),
            AttributeType.N => new NumberValue(Number(ref reader)),
            AttributeType.B => new BinaryValue(new Bytes(reader.GetBytesFromBase64())),
            AttributeType.BOOL => new BooleanValue(reader.GetBoolean()),
            AttributeType.NULL => NullValue.Instance,
            AttributeType.SS => new StringSetValue(Members(ref reader, static (ref r) => r.GetString()!)),
            AttributeType.NS => new NumberSetValue(Members(ref reader, Number)),
            AttributeType.BS => new BinarySetValue(
                Members(ref reader, static (ref r) => new Bytes(r.GetBytesFromBase64()))),
            AttributeType.L => new ListValue(Members(ref reader, Value)),
            _ => Map(ref reader),
        };
        reader.Read();
        return value;
    }

    private static DynamoNumber Number(ref Utf8JsonReader reader) =>
        DynamoNumber.TryParse(reader.GetString()!, out var number, out var problem)
            ? number
            : throw new InvalidDataException(problem);

    private static List<T> Members<T>(ref Utf8JsonReader reader, MemberReader<T> read)
    {
        var members = new List<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            members.Add(read(ref reader));
        return members;
    }

    private delegate T MemberReader<out T>(ref Utf8JsonReader reader);
}
