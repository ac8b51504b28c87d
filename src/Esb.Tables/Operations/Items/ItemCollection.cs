using System.Text.Json;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>
/// Writes the metrics of an item collection, which consists of all items with the same partition key in a table with
/// local indexes. The size is the range that AWS returns for small collections.
/// </summary>
internal static class ItemCollection
{
    public static void Write(Utf8JsonWriter json, ItemWrite write)
    {
        var hash = write.Table.Keys.Hash;
        json.WriteStartObject();
        json.WriteStartObject("ItemCollectionKey");
        json.WritePropertyName(hash);
        ValueWriter.Write(json, (write.New ?? write.Old!).Members[hash]);
        json.WriteEndObject();
        json.WriteStartArray("SizeEstimateRangeGB");
        json.WriteNumberValue(0);
        json.WriteNumberValue(1);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
