using System.Text.Json;
using Esb.Tables.Operations.Capacity;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Items;

/// <summary>Writes the answer to a single write.</summary>
internal static class WriteAnswer
{
    public static ReadOnlyMemory<byte> Of(Input input, ItemWrite write, MapValue? attributes) => Answer.Of(json =>
    {
        ReturnValues.Write(json, attributes);
        ConsumedCapacity.WriteMember(
            json, input, input.RequiredText("TableName"), capacity => write.AddTo(capacity));
        if (input.Text("ReturnItemCollectionMetrics") == "SIZE" && write.Table.LocalIndexes.Count > 0)
        {
            json.WritePropertyName("ItemCollectionMetrics");
            ItemCollection.Write(json, write);
        }
    });
}
