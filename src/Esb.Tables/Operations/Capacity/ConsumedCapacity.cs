using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Capacity;

/// <summary>
/// The capacity that a request has consumed in one table, with the parts for the table and its indexes.
/// </summary>
/// <param name="table">The table as the request names it.</param>
/// <param name="kind">The additional member for transactions: ReadCapacityUnits or WriteCapacityUnits.</param>
internal sealed class ConsumedCapacity(string table, string? kind = null)
{
    private readonly SortedDictionary<string, decimal> _local = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, decimal> _global = new(StringComparer.Ordinal);
    private decimal _table;

    public decimal Total => _table + _local.Values.Sum() + _global.Values.Sum();

    public void Add(decimal units) => _table += units;

    public void Add(IndexDefinition index, decimal units)
    {
        var part = index.IsGlobal ? _global : _local;
        part[index.Name] = part.GetValueOrDefault(index.Name) + units;
    }

    /// <summary>Adds what a page of a table or of an index consumes.</summary>
    public void AddPage(IndexDefinition? index, long tableBytes, long indexBytes, bool isConsistent)
    {
        Add(CapacityUnits.OfPage(tableBytes, isConsistent));
        if (index is not null)
            Add(index, CapacityUnits.OfPage(indexBytes, isConsistent));
    }

    /// <summary>Whether a request asks for its capacity.</summary>
    public static bool IsAskedFor(Input input) => input.Text("ReturnConsumedCapacity") is "TOTAL" or "INDEXES";

    /// <summary>
    /// Writes the member of an answer if the request asks for it. Otherwise nothing is computed: sizes of items cost as
    /// much as reading them.
    /// </summary>
    /// <param name="json">The answer.</param>
    /// <param name="input">The request.</param>
    /// <param name="table">The table as the request names it.</param>
    /// <param name="add">Adds what the request has consumed.</param>
    public static void WriteMember(Utf8JsonWriter json, Input input, string table, Action<ConsumedCapacity> add)
    {
        if (!IsAskedFor(input))
            return;
        var capacity = new ConsumedCapacity(table);
        add(capacity);
        json.WritePropertyName("ConsumedCapacity");
        capacity.Write(json, input);
    }

    /// <summary>Writes the value.</summary>
    public void Write(Utf8JsonWriter json, Input input)
    {
        json.WriteStartObject();
        json.WriteNumber("CapacityUnits", Total);
        if (kind is not null)
            json.WriteNumber(kind, Total);
        json.WriteString("TableName", table);
        if (input.Text("ReturnConsumedCapacity") == "INDEXES")
        {
            json.WriteStartObject("Table");
            json.WriteNumber("CapacityUnits", _table);
            json.WriteEndObject();
            WriteIndexes(json, "LocalSecondaryIndexes", _local);
            WriteIndexes(json, "GlobalSecondaryIndexes", _global);
        }

        json.WriteEndObject();
    }

    private static void WriteIndexes(Utf8JsonWriter json, string name, SortedDictionary<string, decimal> indexes)
    {
        if (indexes.Count == 0)
            return;
        json.WriteStartObject(name);
        foreach (var (index, units) in indexes)
        {
            json.WriteStartObject(index);
            json.WriteNumber("CapacityUnits", units);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
