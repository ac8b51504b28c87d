using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>Describes the throughput and the billing mode of a table.</summary>
internal static class ThroughputWriter
{
    public static void Write(Utf8JsonWriter json, Throughput throughput)
    {
        json.WriteStartObject("ProvisionedThroughput");
        if (throughput.LastIncrease is { } increase)
            json.WriteTime("LastIncreaseDateTime", increase);
        if (throughput.LastDecrease is { } decrease)
            json.WriteTime("LastDecreaseDateTime", decrease);
        json.WriteNumber("NumberOfDecreasesToday", throughput.DecreasesOnThatDay);
        json.WriteNumber("ReadCapacityUnits", throughput.ReadUnits);
        json.WriteNumber("WriteCapacityUnits", throughput.WriteUnits);
        json.WriteEndObject();
        WriteWarm(json, throughput);
        if (throughput.MostReadUnits is null && throughput.MostWriteUnits is null)
            return;
        json.WriteStartObject("OnDemandThroughput");
        if (throughput.MostReadUnits is { } reads)
            json.WriteNumber("MaxReadRequestUnits", reads);
        if (throughput.MostWriteUnits is { } writes)
            json.WriteNumber("MaxWriteRequestUnits", writes);
        json.WriteEndObject();
    }

    private static void WriteWarm(Utf8JsonWriter json, Throughput throughput)
    {
        if (throughput.WarmReadUnits is null && throughput.WarmWriteUnits is null)
            return;
        json.WriteStartObject("WarmThroughput");
        if (throughput.WarmReadUnits is { } reads)
            json.WriteNumber("ReadUnitsPerSecond", reads);
        if (throughput.WarmWriteUnits is { } writes)
            json.WriteNumber("WriteUnitsPerSecond", writes);
        json.WriteString("Status", "ACTIVE");
        json.WriteEndObject();
    }

    /// <summary>
    /// Describes the billing mode of a table. For a new table, AWS leaves out the time at which the mode was set.
    /// </summary>
    public static void WriteBilling(Utf8JsonWriter json, TableDefinition table, bool isNew)
    {
        // AWS does not describe the mode of a table that has never been on demand.
        if (table.BillingMode != BillingMode.PayPerRequest && table.OnDemandSince is null)
            return;
        json.WriteStartObject("BillingModeSummary");
        json.WriteString(
            "BillingMode", table.BillingMode == BillingMode.PayPerRequest ? "PAY_PER_REQUEST" : "PROVISIONED");
        if (table.OnDemandSince is { } since && !isNew)
            json.WriteTime("LastUpdateToPayPerRequestDateTime", since);
        json.WriteEndObject();
        json.WriteStartObject("TableThroughputModeSummary");
        json.WriteString(
            "TableThroughputMode", table.BillingMode == BillingMode.PayPerRequest ? "PAY_PER_REQUEST" : "PROVISIONED");
        if (table.OnDemandSince is { } time && !isNew)
            json.WriteTime("LastUpdateToPayPerRequestDateTime", time);
        json.WriteEndObject();
    }
}
