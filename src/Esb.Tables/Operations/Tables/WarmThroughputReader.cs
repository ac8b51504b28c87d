using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>Reads the warm throughput of tables and indexes, which is only stored.</summary>
internal static class WarmThroughputReader
{
    // What AWS prepares a table on demand for.
    private const long FirstReads = 12_000;
    private const long FirstWrites = 4_000;

    /// <summary>Adds the warm throughput of a new table or index.</summary>
    /// <param name="throughput">The other settings.</param>
    /// <param name="owner">The structure with the member WarmThroughput.</param>
    /// <param name="billing">The billing mode of the table.</param>
    /// <param name="place">How messages name the table or index.</param>
    /// <exception cref="TableException">A number of units is too small.</exception>
    public static Throughput WithWarm(this Throughput throughput, Input owner, BillingMode billing, string place)
    {
        if (owner.Structure("WarmThroughput") is not { } warm)
            return throughput;
        var (reads, writes) = (warm.Whole("ReadUnitsPerSecond"), warm.Whole("WriteUnitsPerSecond"));
        var isOnDemand = billing == BillingMode.PayPerRequest;
        Require("Read", reads, isOnDemand ? FirstReads : throughput.ReadUnits, isOnDemand, place);
        Require("Write", writes, isOnDemand ? FirstWrites : throughput.WriteUnits, isOnDemand, place);
        return throughput with { WarmReadUnits = reads, WarmWriteUnits = writes };
    }

    /// <summary>Changes the warm throughput of a table or index.</summary>
    /// <exception cref="TableException">The units would become fewer.</exception>
    public static Throughput WithMoreWarm(this Throughput throughput, Input owner, string place)
    {
        if (owner.Structure("WarmThroughput") is not { } warm)
            return throughput;
        var (reads, writes) = (warm.Whole("ReadUnitsPerSecond"), warm.Whole("WriteUnitsPerSecond"));
        RequireMore("Read", reads, throughput.WarmReadUnits, place);
        RequireMore("Write", writes, throughput.WarmWriteUnits, place);
        return throughput with
        {
            WarmReadUnits = reads ?? throughput.WarmReadUnits,
            WarmWriteUnits = writes ?? throughput.WarmWriteUnits,
        };
    }

    private static void Require(string kind, long? units, long least, bool isOnDemand, string place)
    {
        if (units >= least || units is null)
            return;
        throw Lower(kind, place, isOnDemand
            ? "initial throughput for OnDemand"
            : $"{kind}CapacityUnits of ProvisionedThroughput");
    }

    private static void RequireMore(string kind, long? units, long? current, string place)
    {
        if (units < current)
            throw Lower(kind, place, "current WarmThroughput, decreasing WarmThroughput is not supported");
    }

    private static TableException Lower(string kind, string place, string than) => TableException.Validation(
        $"One or more parameter values were invalid: Requested {kind}UnitsPerSecond for WarmThroughput for {place} is "
        + $"lower than {than}");
}
