using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Tables;

/// <summary>
/// Changes a table: its throughput, stream, class, encryption, protection, or global indexes.
/// </summary>
internal sealed class UpdateTable(TablesContext context) : TableOperation("UpdateTable", Request)
{
    private static readonly string[] Changes =
    [
        "ProvisionedThroughput", "BillingMode", "StreamSpecification", "SSESpecification", "TableClass",
        "DeletionProtectionEnabled", "OnDemandThroughput", "WarmThroughput",
    ];

    private static readonly StructureShape Request = new(
        "UpdateTableInput",
        [
            TableShapes.AttributeDefinitions(isRequired: false),
            TableShapes.TableName,
            TableShapes.Throughput(isRequired: false),
            TableShapes.BillingMode,
            TableShapes.IndexUpdates,
            TableShapes.Stream,
            TableShapes.Encryption,
            TableShapes.TableClass,
            TableShapes.DeletionProtection,
            TableShapes.OnDemandThroughput,
            TableShapes.WarmThroughput,
            .. TableShapes.Replication,
        ]);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        RequireChange(input);
        var encryption = EncryptionReader.Read(input, context.Arns);
        var (old, table, statistics) = await context.Database.WriteAsync(
            session =>
            {
                var found = Find(session, input);
                var changed = Change(session, found, input, encryption);
                return (found, changed, TableStatistics.Of(session, changed));
            },
            cancellation);

        // While the table is UPDATING, its description still shows the old units.
        var described = old.BillingMode == table.BillingMode
            ? table with
            {
                Throughput = table.Throughput with
                {
                    ReadUnits = old.Throughput.ReadUnits,
                    WriteUnits = old.Throughput.WriteUnits,
                    DecreasesOnThatDay = old.Throughput.DecreasesOnThatDay,
                },
            }
            : table;
        return Answer.Of(json => TableDescription.WriteMember(
            json, "TableDescription", described, statistics, context.Arns, "UPDATING"));
    }

    private static void RequireChange(Input input)
    {
        var indexes = input.Structures("GlobalSecondaryIndexUpdates") ?? [];
        if (indexes.Count == 0 && !Changes.Any(input.Has))
        {
            throw TableException.Validation(
                "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, "
                + "GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
        }

        if (input.Text("BillingMode") == "PROVISIONED" && !input.Has("ProvisionedThroughput"))
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: ProvisionedThroughput must be specified when "
                + "BillingMode is PROVISIONED");
        }

        if (input.Structure("ProvisionedThroughput") is { } throughput)
            ThroughputReader.RequireBounds(throughput);
        IndexChanges.Require(indexes);
    }

    private TableDefinition Change(WriteSession session, TableDefinition table, Input input, Encryption? encryption)
    {
        var changed = ThroughputChange.Apply(table, input, context.Time.GetUtcNow());
        if (input.Has("SSESpecification"))
            changed = changed with { Encryption = encryption };
        if (input.Text("TableClass") is { } tableClass)
            changed = changed with { TableClass = tableClass, TableClassTime = context.Time.GetUtcNow() };
        if (input.OptionalFlag("DeletionProtectionEnabled") is { } isProtected)
            changed = changed with { IsProtected = isProtected };
        changed = ChangeStream(session, session.ChangeTable(changed), input);
        return IndexChanges.Apply(session, changed, input);
    }

    private static TableDefinition ChangeStream(WriteSession session, TableDefinition table, Input input)
    {
        if (!input.Has("StreamSpecification"))
            return table;
        var isOn = table.Stream is { IsEnabled: true };
        if (StreamSettings.View(input) is { } view)
        {
            return isOn
                ? throw ResourceErrors.InUse($"Table already has an enabled stream: TableName: {table.Name}")
                : session.EnableStream(table, view);
        }

        return isOn
            ? session.DisableStream(table)
            : throw TableException.Validation("Table has no stream to disable: TableName: " + table.Name);
    }
}
