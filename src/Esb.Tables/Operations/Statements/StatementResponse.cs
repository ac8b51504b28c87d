using System.Text.Json;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Operations.Transactions;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Statements;

/// <summary>The answer to one of several statements.</summary>
/// <param name="Table">The table, or null if the statement could not be read.</param>
/// <param name="Item">The item, or null.</param>
/// <param name="Error">The error, or null.</param>
/// <param name="AddTo">Adds the capacity that the statement consumed, multiplied by a factor.</param>
internal sealed record StatementResponse(
    string? Table, MapValue? Item, TableException? Error, Action<ConsumedCapacity, int>? AddTo)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Error is not null)
        {
            json.WritePropertyName("Error");
            Reason(Error).Write(json);
        }

        if (Table is not null && Error?.ErrorType != "ResourceNotFoundException")
            json.WriteString("TableName", Table);
        if (Item is not null)
        {
            json.WritePropertyName("Item");
            ValueWriter.WriteItem(json, Item);
        }

        json.WriteEndObject();
    }

    /// <summary>The capacity of several statements, grouped by table.</summary>
    public static IEnumerable<ConsumedCapacity> Capacities(IEnumerable<StatementResponse> responses, int factor = 1) =>
        responses.Where(response => response.AddTo is not null).GroupBy(response => response.Table!).Select(table =>
        {
            var capacity = new ConsumedCapacity(table.Key);
            foreach (var response in table)
                response.AddTo!(capacity, factor);
            return capacity;
        });

    private static CancellationReason Reason(TableException error) =>
        CancellationReason.Of(error) ?? new CancellationReason(
            error.ErrorType.EndsWith("Exception", StringComparison.Ordinal)
                ? error.ErrorType[..^"Exception".Length]
                : error.ErrorType,
            error.Message,
            null);
}
