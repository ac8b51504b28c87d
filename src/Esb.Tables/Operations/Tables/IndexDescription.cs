using System.Text.Json;
using Esb.Tables.Catalog;

namespace Esb.Tables.Operations.Tables;

/// <summary>Describes the indexes of a table.</summary>
internal static class IndexDescription
{
    public static void Write(
        Utf8JsonWriter json, TableDefinition table, TableStatistics? counts, TableArns arns, bool isNew)
    {
        Write("LocalSecondaryIndexes", table.LocalIndexes);
        Write("GlobalSecondaryIndexes", table.GlobalIndexes);

        void Write(string name, IReadOnlyList<IndexDefinition> indexes)
        {
            if (indexes.Count == 0)
                return;
            json.WriteStartArray(name);
            foreach (var index in indexes)
                WriteIndex(json, table, index, counts, arns, isNew);
            json.WriteEndArray();
        }
    }

    private static void WriteIndex(
        Utf8JsonWriter json,
        TableDefinition table,
        IndexDefinition index,
        TableStatistics? counts,
        TableArns arns,
        bool isNew)
    {
        json.WriteStartObject();
        json.WriteString("IndexName", index.Name);
        TableDescription.WriteKeys(json, index.Keys);
        WriteProjection(json, index.Projection);
        if (index.IsGlobal)
        {
            json.WriteString("IndexStatus", isNew ? "CREATING" : index.Status switch
            {
                IndexStatus.Creating => "CREATING",
                IndexStatus.Deleting => "DELETING",
                _ => "ACTIVE",
            });
            if (!isNew && index.IsBackfilling)
                json.WriteBoolean("Backfilling", true);
            ThroughputWriter.Write(json, index.Throughput);
        }

        var contained = counts?.Indexes.GetValueOrDefault(index.Name) ?? default;
        json.WriteNumber("IndexSizeBytes", contained.Bytes);
        json.WriteNumber("ItemCount", contained.Items);
        json.WriteString("IndexArn", arns.Index(table.Name, index.Name));
        json.WriteEndObject();
    }

    private static void WriteProjection(Utf8JsonWriter json, IndexProjection projection)
    {
        json.WriteStartObject("Projection");
        json.WriteString("ProjectionType", projection.Type switch
        {
            ProjectionType.All => "ALL",
            ProjectionType.Include => "INCLUDE",
            _ => "KEYS_ONLY",
        });
        if (projection.NonKeyAttributes.Count > 0)
        {
            json.WriteStartArray("NonKeyAttributes");
            foreach (var attribute in projection.NonKeyAttributes)
                json.WriteStringValue(attribute);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
