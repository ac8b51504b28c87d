using System.Text.Json;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Batches;

/// <summary>
/// Writes the capacity of requests that involve several tables: a list with one entry for each table.
/// </summary>
internal static class BatchCapacity
{
    public static void WriteMember(Utf8JsonWriter json, Input input, IEnumerable<ConsumedCapacity> capacities)
    {
        if (!ConsumedCapacity.IsAskedFor(input))
            return;
        json.WriteStartArray("ConsumedCapacity");
        foreach (var capacity in capacities)
            capacity.Write(json, input);
        json.WriteEndArray();
    }
}
