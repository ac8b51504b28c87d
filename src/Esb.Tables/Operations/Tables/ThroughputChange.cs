using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>Changes the throughput and the billing mode of a table.</summary>
internal static class ThroughputChange
{
    /// <exception cref="TableException">The change is not valid, or has no effect.</exception>
    public static TableDefinition Apply(TableDefinition table, Input input, DateTimeOffset now)
    {
        var billing = input.Text("BillingMode") switch
        {
            "PAY_PER_REQUEST" => BillingMode.PayPerRequest,
            "PROVISIONED" => BillingMode.Provisioned,
            _ => table.BillingMode,
        };
        var wanted = ThroughputReader.Read(input);
        if (input.Has("ProvisionedThroughput") && billing == BillingMode.PayPerRequest)
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                + "specified when BillingMode is PAY_PER_REQUEST");
        }

        if (billing == BillingMode.Provisioned && table.BillingMode == BillingMode.PayPerRequest)
            RequireIndexThroughput(table, input);
        var becomesOnDemand = billing == BillingMode.PayPerRequest && table.BillingMode == BillingMode.Provisioned;
        var warm = table.Throughput.WithMoreWarm(input, "table");
        var throughput = (becomesOnDemand ? Throughput.OnDemand
            : wanted is null ? table.Throughput
            : Changed(table, wanted, billing, now)).WarmLike(warm);
        return table with
        {
            BillingMode = billing,
            OnDemandSince = becomesOnDemand ? now : table.OnDemandSince,
            Throughput = throughput,
            GlobalIndexes = becomesOnDemand
                ? [.. table.GlobalIndexes.Select(
                    index => index with { Throughput = Throughput.OnDemand.WarmLike(index.Throughput) })]
                : table.GlobalIndexes,
        };
    }

    private static Throughput Changed(TableDefinition table, Throughput wanted, BillingMode billing, DateTimeOffset now)
    {
        var old = table.Throughput;
        if (billing == BillingMode.PayPerRequest)
            return old with { MostReadUnits = wanted.MostReadUnits, MostWriteUnits = wanted.MostWriteUnits };
        if (table.BillingMode == billing && old.ReadUnits == wanted.ReadUnits && old.WriteUnits == wanted.WriteUnits)
        {
            throw TableException.Validation(
                "The provisioned throughput for the table will not change. The requested value equals the "
                + $"current value. Current ReadCapacityUnits provisioned for the table: {old.ReadUnits}. "
                + $"Requested ReadCapacityUnits: {wanted.ReadUnits}. "
                + $"Current WriteCapacityUnits provisioned for the table: {old.WriteUnits}. "
                + $"Requested WriteCapacityUnits: {wanted.WriteUnits}. Refer to the Amazon DynamoDB Developer "
                + "Guide for current limits and how to request higher limits.");
        }

        var decreases = wanted.ReadUnits < old.ReadUnits || wanted.WriteUnits < old.WriteUnits;
        return wanted with
        {
            LastIncrease = wanted.ReadUnits > old.ReadUnits || wanted.WriteUnits > old.WriteUnits
                ? now
                : old.LastIncrease,
            LastDecrease = decreases ? now : old.LastDecrease,
            DecreasesOnThatDay = !decreases ? old.DecreasesOnThatDay
                : old.LastDecrease?.UtcDateTime.Date == now.UtcDateTime.Date ? old.DecreasesOnThatDay + 1
                : 1,
        };
    }

    private static void RequireIndexThroughput(TableDefinition table, Input input)
    {
        var given = (input.Structures("GlobalSecondaryIndexUpdates") ?? [])
            .Select(update => update.Structure("Update")?.Text("IndexName")).ToArray();
        var missing = table.GlobalIndexes.Select(index => index.Name).Except(given).ToArray();
        if (missing.Length > 0)
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: "
                + string.Join(",", missing));
        }
    }
}
