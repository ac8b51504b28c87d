using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Storage;

namespace Esb.Tables.Operations.Tables;

/// <summary>Adds, changes and removes global indexes of an existing table.</summary>
internal static class IndexChanges
{
    private static readonly string[] Kinds = ["Update", "Create", "Delete"];

    /// <summary>Checks the changes in a request as far as that is possible without the table.</summary>
    /// <exception cref="TableException">The changes are not valid.</exception>
    public static void Require(IReadOnlyList<Input> changes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var kinds = Kinds.Where(change.Has).ToArray();
            if (kinds.Length == 0)
            {
                throw TableException.Validation(
                    "One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, "
                    + "GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null");
            }

            if (kinds.Length > 1)
            {
                throw TableException.Validation(
                    "One or more parameter values were invalid: Only one of GlobalSecondaryIndexUpdate.Update, "
                    + "GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete can be non-null");
            }

            var name = change.Structure(kinds[0])!.Value.RequiredText("IndexName");
            if (!names.Add(name))
            {
                throw TableException.Validation(
                    "One or more parameter values were invalid: "
                    + $"Only one global secondary index update per index is allowed simultaneously. Index: {name}");
            }
        }

        if (changes.Count(change => !change.Has("Update")) > 1)
        {
            throw new TableException(
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
        }
    }

    /// <summary>Makes the changes.</summary>
    /// <exception cref="TableException">The changes are not valid for this table.</exception>
    public static TableDefinition Apply(WriteSession session, TableDefinition table, Input input)
    {
        foreach (var change in input.Structures("GlobalSecondaryIndexUpdates") ?? [])
        {
            table = change.Structure("Create") is { } create ? Add(session, table, input, create)
                : change.Structure("Delete") is { } delete ? Remove(session, table, delete.RequiredText("IndexName"))
                : Update(session, table, change.Structure("Update")!.Value);
        }

        return table;
    }

    private static TableDefinition Add(WriteSession session, TableDefinition table, Input input, Input create)
    {
        var name = create.RequiredText("IndexName");
        if (table.FindIndex(name) is not null)
        {
            throw TableException.Validation(
                $"One or more parameter values were invalid: Duplicate index name: {name}");
        }

        var given = KeySchemaReader.Attributes(input);
        var attributes = table.Attributes
            .Where(attribute => given.All(other => other.Name != attribute.Name)).Concat(given).ToArray();
        var index = IndexReader.ReadGlobal(create, attributes, table.BillingMode);
        IndexReader.RequireCount(table.GlobalIndexes.Count + 1);
        var changed = session.ChangeTable(table with
        {
            Attributes = [.. attributes.Where(attribute =>
                table.Keys.Has(attribute.Name) || index.Keys.Has(attribute.Name)
                || table.Indexes.Any(other => other.Keys.Has(attribute.Name)))],
        });
        return session.AddIndex(changed, index);
    }

    private static TableDefinition Remove(WriteSession session, TableDefinition table, string name) =>
        table.GlobalIndexes.Any(index => index.Name == name)
            ? session.RemoveIndex(table, name)
            : throw NotFound(name);

    private static TableDefinition Update(WriteSession session, TableDefinition table, Input update)
    {
        var name = update.RequiredText("IndexName");
        var throughput = ThroughputReader.Read(update);
        if (throughput is null && !update.Has("WarmThroughput"))
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: ProvisionedThroughput must be specified for index: "
                + $"{name}");
        }

        if (update.Structure("ProvisionedThroughput") is { } units && ThroughputReader.IsOutOfBounds(units))
        {
            throw TableException.Validation(
                "This operation cannot be performed with given input values. Please contact DynamoDB service team for "
                + "more info: Action Blocked: IndexUpdate");
        }

        return table.GlobalIndexes.Any(index => index.Name == name)
            ? session.ChangeTable(table with
            {
                GlobalIndexes = [.. table.GlobalIndexes.Select(
                    index => index.Name == name ? Changed(index, throughput, update) : index)],
            })
            : throw NotFound(name);
    }

    private static IndexDefinition Changed(IndexDefinition index, Throughput? throughput, Input update)
    {
        var old = index.Throughput;
        var changed = throughput is null
            ? old
            : throughput.WarmLike(old);
        return index with { Throughput = changed.WithMoreWarm(update, $"index {index.Name}") };
    }

    private static TableException NotFound(string index) =>
        new("ResourceNotFoundException", $"Requested resource not found: Index: {index} not found");
}
