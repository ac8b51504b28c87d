using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>Writes the description of a table in an answer.</summary>
internal static class TableDescription
{
    /// <summary>Writes the description as a member of an answer.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="name">The name of the member.</param>
    /// <param name="table">The table.</param>
    /// <param name="counts">What the table and its indexes contain; null if they are empty, as in a new table.</param>
    /// <param name="arns">The names of resources.</param>
    /// <param name="status">The status of the table.</param>
    public static void WriteMember(
        Utf8JsonWriter json,
        string name,
        TableDefinition table,
        TableStatistics? counts,
        TableArns arns,
        string status = "ACTIVE")
    {
        json.WriteStartObject(name);
        WriteAttributes(json, table);
        json.WriteString("TableName", table.Name);
        WriteKeys(json, table.Keys);
        json.WriteString("TableStatus", status);
        json.WriteTime("CreationDateTime", table.CreationTime);
        ThroughputWriter.Write(json, table.Throughput);
        json.WriteNumber("TableSizeBytes", counts?.Table.Bytes ?? 0);
        json.WriteNumber("ItemCount", counts?.Table.Items ?? 0);
        json.WriteString("TableArn", table.Arn);
        json.WriteString("TableId", table.Id);
        ThroughputWriter.WriteBilling(json, table, isNew: status == "CREATING");
        IndexDescription.Write(json, table, counts, arns, isNew: status == "CREATING");
        WriteStream(json, table);
        WriteEncryption(json, table);
        if (table.TableClass is not null)
        {
            json.WriteStartObject("TableClassSummary");
            json.WriteString("TableClass", table.TableClass);
            if (table.TableClassTime is { } time)
                json.WriteTime("LastUpdateDateTime", time);
            json.WriteEndObject();
        }

        json.WriteBoolean("DeletionProtectionEnabled", table.IsProtected);
        json.WriteEndObject();
    }

    public static void WriteKeys(Utf8JsonWriter json, KeySchema keys)
    {
        json.WriteStartArray("KeySchema");
        foreach (var key in keys.Hashes)
            WriteKey(key.Name, "HASH");
        foreach (var key in keys.Ranges)
            WriteKey(key.Name, "RANGE");
        json.WriteEndArray();

        void WriteKey(string name, string type)
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", name);
            json.WriteString("KeyType", type);
            json.WriteEndObject();
        }
    }

    private static void WriteAttributes(Utf8JsonWriter json, TableDefinition table)
    {
        json.WriteStartArray("AttributeDefinitions");
        foreach (var attribute in table.Attributes)
        {
            json.WriteStartObject();
            json.WriteString("AttributeName", attribute.Name);
            json.WriteString("AttributeType", attribute.Type.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStream(Utf8JsonWriter json, TableDefinition table)
    {
        if (table.Stream is not { } stream)
            return;
        if (stream.IsEnabled)
        {
            json.WriteStartObject("StreamSpecification");
            json.WriteBoolean("StreamEnabled", true);
            json.WriteString("StreamViewType", StreamSettings.Text(stream.View));
            json.WriteEndObject();
        }

        json.WriteString("LatestStreamLabel", stream.Label);
        json.WriteString("LatestStreamArn", stream.Arn);
    }

    private static void WriteEncryption(Utf8JsonWriter json, TableDefinition table)
    {
        if (table.Encryption is not { } encryption)
            return;
        json.WriteStartObject("SSEDescription");
        json.WriteString("Status", "ENABLED");
        json.WriteString("SSEType", encryption.Type);
        if (encryption.KeyId is not null)
            json.WriteString("KMSMasterKeyArn", encryption.KeyId);
        json.WriteEndObject();
    }
}
