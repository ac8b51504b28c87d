using System.Text.Json;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Values;

namespace Esb.Tables.Protocol;

/// <summary>A request, or a structure in a request, whose types and constraints have been checked.</summary>
/// <param name="value">The JSON object.</param>
internal readonly struct Input(JsonElement value)
{
    /// <summary>The JSON object.</summary>
    public JsonElement Json => value;

    /// <summary>A member, or null if it is absent.</summary>
    public JsonElement? Member(string name) =>
        value.TryGetProperty(name, out var member) && !Shape.IsAbsent(member) ? member : null;

    public bool Has(string name) => Member(name) is not null;

    public string? Text(string name) => Member(name)?.GetString();

    /// <summary>A text that is required by the shape.</summary>
    public string RequiredText(string name) => Text(name)!;

    public bool Flag(string name) => Member(name) is { } flag && WireText.Boolean(flag);

    public bool? OptionalFlag(string name) => Member(name) is { } flag ? WireText.Boolean(flag) : null;

    public long? Whole(string name) => Member(name) is { } number ? WholeShape.Read(number) : null;

    public Input? Structure(string name) => Member(name) is { } structure ? new Input(structure) : null;

    /// <summary>The structures of a list, or null if it is absent.</summary>
    public IReadOnlyList<Input>? Structures(string name) => Member(name) is { } list
        ? [.. list.EnumerateArray().Where(element => !Shape.IsAbsent(element)).Select(element => new Input(element))]
        : null;

    /// <summary>The texts of a list, or null if it is absent.</summary>
    public IReadOnlyList<string>? Texts(string name) => Member(name) is { } list
        ? [.. list.EnumerateArray().Where(element => !Shape.IsAbsent(element)).Select(text => text.GetString()!)]
        : null;

    /// <summary>The texts of a map, or null if it is absent.</summary>
    public IReadOnlyDictionary<string, string>? TextMap(string name) => Member(name) is { } map
        ? Pairs(map).ToDictionary(member => member.Name, member => member.Value.GetString()!, StringComparer.Ordinal)
        : null;

    /// <summary>The structures of a map, or null if it is absent.</summary>
    public IReadOnlyDictionary<string, Input>? StructureMap(string name) => Member(name) is { } map
        ? Pairs(map).ToDictionary(member => member.Name, member => new Input(member.Value), StringComparer.Ordinal)
        : null;

    /// <summary>The members of a map, each with its list of structures.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<Input> Structures)> StructureLists(string name) =>
        Member(name) is { } map
            ? [.. Pairs(map).Select(pair => (pair.Name, new Input(map).Structures(pair.Name)!))]
            : [];

    /// <summary>The name of the table, even if the request contains the ARN instead.</summary>
    public string TableName => TableNameShape.NameOf(RequiredText("TableName"));

    /// <summary>An item, or null if it is absent. The values of the item are checked.</summary>
    public MapValue? Item(string name) => Member(name) is { } item ? ValueReader.ReadItem(item) : null;

    /// <summary>The items in a list. Their values are checked.</summary>
    public IReadOnlyList<MapValue> Items(string name) => Member(name) is { } list
        ? [.. list.EnumerateArray().Where(item => !Shape.IsAbsent(item)).Select(ValueReader.ReadItem)]
        : [];

    /// <summary>The values in a list. They are checked.</summary>
    public IReadOnlyList<AttributeValue> Values(string name) => Member(name) is { } list
        ? [.. list.EnumerateArray().Where(element => !Shape.IsAbsent(element)).Select(ValueReader.Read)]
        : [];

    private static IEnumerable<JsonProperty> Pairs(JsonElement map) =>
        map.EnumerateObject().Where(member => !Shape.IsAbsent(member.Value)).DistinctBy(member => member.Name);
}
