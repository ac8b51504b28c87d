using System.Text.Json;
using Esb.Tables.Errors;

namespace Esb.Tables.Values;

/// <summary>Reads values in the JSON format of the API.</summary>
public static class ValueReader
{
    /// <summary>
    /// The maximum depth of JSON that a request may need: two levels for each level of a value, and some around it.
    /// </summary>
    public const int MostJsonLevels = 256;

    private const int MostLevels = 32;

    private const string Invalid = "One or more parameter values were invalid: ";

    /// <summary>Reads one value, such as <c>{"S": "a"}</c>.</summary>
    /// <exception cref="TableException">The element is not a value.</exception>
    public static AttributeValue Read(JsonElement element) => Read(element, isField: false);

    /// <summary>Reads one value.</summary>
    /// <param name="element">The value, such as <c>{"S": "a"}</c>.</param>
    /// <param name="isField">Whether the value is a parameter, and not in a map or a list. The messages differ.</param>
    /// <exception cref="TableException">The element is not a value.</exception>
    public static AttributeValue Read(JsonElement element, bool isField) =>
        InOrder(element, e => ValueShape.RequireValue(e, isField), e => Value(e, 1));

    /// <summary>Reads an item or a key: a map from names to values.</summary>
    /// <exception cref="TableException">The element is not a map of values.</exception>
    public static MapValue ReadItem(JsonElement element) => InOrder(element, ValueShape.RequireMap, e => Map(e, 1));

    /// <summary>Reads an item as <see cref="ValueWriter.WriteItem"/> wrote it, without checks.</summary>
    public static MapValue ReadStored(ReadOnlySpan<byte> json) => StoredReader.Read(json);

    // The service checks the shape of everything before it checks any value.
    private static T InOrder<T>(JsonElement element, Action<JsonElement> requireShape, Func<JsonElement, T> read)
    {
        try
        {
            return read(element);
        }
        catch (TableException)
        {
            requireShape(element);
            throw;
        }
    }

    private static MapValue Map(JsonElement element, int level)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw SerializationErrors.NotAMap(element);
        var members = new Dictionary<string, AttributeValue>();
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                throw TableException.Validation("The supplied Item contains a null AttributeValue");
            members[WireText.Name(member)] = Value(member.Value, level);
        }
        return new MapValue(members);
    }

    private static AttributeValue Value(JsonElement element, int level)
    {
        if (level > MostLevels)
            throw TableException.Validation(
                "Nesting Levels have exceeded supported limits: "
                    + "Attributes in the item have nested levels beyond supported limit");
        if (element.ValueKind != JsonValueKind.Object)
            throw SerializationErrors.NotAStructure(element, isField: false);
        AttributeValue? found = null;
        var isMoreThanOne = false;
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null
                || Value(member.Name, member.Value, level) is not { } value)
                continue;
            isMoreThanOne = found is not null;
            found = value;
        }
        return isMoreThanOne
            ? throw TableException.Validation(
                "Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes")
            : found ?? throw TableException.Validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }

    private static AttributeValue? Value(string type, JsonElement element, int level) => type switch
    {
        "S" => new StringValue(WireText.Text(element)),
        "N" => new NumberValue(Number(WireText.Text(element))),
        "B" => new BinaryValue(WireText.Binary(element)),
        "BOOL" => new BooleanValue(WireText.Boolean(element)),
        "NULL" => WireText.Boolean(element)
            ? NullValue.Instance
            : throw TableException.Validation(Invalid + "Null attribute value types must have the value of true"),
        "SS" => new StringSetValue(SetReader.Strings(element)),
        "NS" => new NumberSetValue(SetReader.Numbers(element)),
        "BS" => new BinarySetValue(SetReader.Binaries(element)),
        "L" => new ListValue(List(element, level)),
        "M" => Map(element, level + 1),
        _ => null,
    };

    internal static DynamoNumber Number(string text) =>
        DynamoNumber.TryParse(text, out var number, out var problem)
            ? number
            : throw TableException.Validation(problem);

    private static List<AttributeValue> List(JsonElement element, int level)
    {
        if (element.ValueKind != JsonValueKind.Array)
            throw SerializationErrors.NotAList(element);
        var elements = new List<AttributeValue>(element.GetArrayLength());
        foreach (var member in element.EnumerateArray())
            elements.Add(Value(member, level + 1));
        return elements;
    }
}
