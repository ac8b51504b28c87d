using System.Text.Json;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>
/// The metrics of an item collection: all items of one partition key of a table with local indexes. The sizes are the
/// range that AWS answers with for small collections.
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
