using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>Reads the throughput of tables and indexes. It is only stored, and limits nothing here.</summary>
internal static class ThroughputReader
{
    private const long Most = 1_000_000_000_000;

    /// <summary>The throughput that a structure contains, or null if it contains none.</summary>
    public static Throughput? Read(Input owner)
    {
        var provisioned = owner.Structure("ProvisionedThroughput");
        var onDemand = owner.Structure("OnDemandThroughput");
        return provisioned is null && onDemand is null
            ? null
            : new Throughput(
                provisioned?.Whole("ReadCapacityUnits") ?? 0, provisioned?.Whole("WriteCapacityUnits") ?? 0)
            {
                MostReadUnits = onDemand?.Whole("MaxReadRequestUnits"),
                MostWriteUnits = onDemand?.Whole("MaxWriteRequestUnits"),
            };
    }

    /// <summary>The billing mode of a new table.</summary>
    /// <exception cref="TableException">The throughput is missing, or is given although it is not allowed.</exception>
    public static BillingMode Billing(Input input)
    {
        var throughput = input.Structure("ProvisionedThroughput");
        if (input.Text("BillingMode") == "PAY_PER_REQUEST")
        {
            return throughput is null
                ? BillingMode.PayPerRequest
                : throw TableException.Validation(
                    "One or more parameter values were invalid: Neither ReadCapacityUnits nor "
                    + "WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST");
        }

        if (throughput is null)
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be "
                + "specified when BillingMode is PROVISIONED");
        }

        RequireBounds(throughput.Value);
        return BillingMode.Provisioned;
    }

    /// <summary>Whether the number of units exceeds what AWS ever allows.</summary>
    public static bool IsOutOfBounds(Input throughput) =>
        throughput.Whole("ReadCapacityUnits") > Most || throughput.Whole("WriteCapacityUnits") > Most;

    /// <exception cref="TableException">There are too many units.</exception>
    public static void RequireBounds(Input throughput)
    {
        foreach (var name in new[] { "ReadCapacityUnits", "WriteCapacityUnits" })
        {
            if (throughput.Whole(name) is > Most and var units)
                throw TableException.Validation($"Given value {units} for {name} is out of bounds");
        }
    }
}
