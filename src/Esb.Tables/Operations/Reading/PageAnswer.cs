using Esb.Tables.Operations.Capacity;
using Esb.Tables.Protocol;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>Writes the answer to a query or scan.</summary>
internal static class PageAnswer
{
    public static ReadOnlyMemory<byte> Of(Input input, ReadParameters parameters, ReadTarget target, Page page) =>
        Answer.Of(json =>
        {
            if (!parameters.CountsOnly)
            {
                json.WriteStartArray("Items");
                foreach (var item in page.Items)
                    ValueWriter.WriteItem(json, parameters.Projection?.Apply(item) ?? item);
                json.WriteEndArray();
            }

            json.WriteNumber("Count", page.Items.Count);
            json.WriteNumber("ScannedCount", page.Scanned);
            if (page.LastKey is not null)
            {
                json.WritePropertyName("LastEvaluatedKey");
                ValueWriter.WriteItem(json, page.LastKey);
            }

            ConsumedCapacity.WriteMember(
                json,
                input,
                input.RequiredText("TableName"),
                capacity => capacity.AddPage(
                    target.Index, page.TableBytes, page.IndexBytes, parameters.IsConsistent));
        });
}
