using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;

namespace Esb.Tables.Operations.Tables;

/// <summary>Reads the definitions of indexes in a request.</summary>
internal static class IndexReader
{
    private const string Invalid = "One or more parameter values were invalid: ";
    private const int MostLocal = 5;
    private const int MostGlobal = 20;
    private const int MostProjected = 100;

    /// <summary>The local indexes of a new table.</summary>
    /// <exception cref="TableException">A definition is not valid.</exception>
    public static IReadOnlyList<IndexDefinition> Local(
        Input input, KeySchema table, IReadOnlyList<AttributeDefinition> attributes)
    {
        if (input.Structures("LocalSecondaryIndexes") is not { } indexes)
            return [];
        if (indexes.Count == 0)
            throw TableException.Validation($"{Invalid}List of LocalSecondaryIndexes is empty");
        if (table.Range is null)
        {
            throw TableException.Validation(
                $"{Invalid}Table KeySchema does not have a range key, which is required when specifying a "
                + "LocalSecondaryIndex");
        }

        var read = new List<IndexDefinition>();
        foreach (var index in indexes)
        {
            var name = index.RequiredText("IndexName");
            var keys = KeySchemaReader.Read(index, attributes, isTable: false);
            if (keys.Range is null)
            {
                throw TableException.Validation(
                    $"{Invalid}Index KeySchema does not have a range key for index: {name}");
            }

            if (keys.Hash != table.Hash)
            {
                throw TableException.Validation(
                    $"{Invalid}Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                    + $"{name}. index hash key: {keys.Hash}, table hash key: {table.Hash}");
            }

            read.Add(Read(index, attributes, isGlobal: false));
            RequireNewName(name, read[..^1]);
        }

        if (read.Count > MostLocal)
        {
            throw TableException.Validation(
                $"{Invalid}Number of LocalSecondaryIndexes exceeds per-table limit of {MostLocal}");
        }

        return read;
    }

    /// <summary>The global indexes of a new table.</summary>
    /// <exception cref="TableException">A definition is not valid.</exception>
    public static IReadOnlyList<IndexDefinition> Global(
        Input input,
        IReadOnlyList<IndexDefinition> local,
        IReadOnlyList<AttributeDefinition> attributes,
        BillingMode billing)
    {
        if (input.Structures("GlobalSecondaryIndexes") is not { } indexes)
            return [];
        if (indexes.Count == 0)
            throw TableException.Validation($"{Invalid}List of GlobalSecondaryIndexes is empty");
        var read = new List<IndexDefinition>();
        foreach (var index in indexes)
        {
            var definition = ReadGlobal(index, attributes, billing);
            RequireNewName(definition.Name, local.Concat(read));
            read.Add(definition);
        }

        RequireCount(read.Count);
        var projected = read.Concat(local).Sum(index => index.Projection.NonKeyAttributes.Count);
        if (projected > MostProjected)
        {
            throw TableException.Validation(
                $"{Invalid}Number of NonKeyAttributes across all LocalSecondaryIndexes and "
                + $"GlobalSecondaryIndexes exceeds the limit of {MostProjected}");
        }

        return read;
    }

    /// <summary>Reads one global index.</summary>
    /// <exception cref="TableException">The definition is not valid, or does not fit the billing mode.</exception>
    public static IndexDefinition ReadGlobal(
        Input index, IReadOnlyList<AttributeDefinition> attributes, BillingMode billing)
    {
        var definition = Read(index, attributes, isGlobal: true);
        RequireThroughput(index, definition.Name, billing);
        return definition with
        {
            Throughput = definition.Throughput.WithWarm(index, billing, $"index {definition.Name}"),
        };
    }

    private static IndexDefinition Read(
        Input index, IReadOnlyList<AttributeDefinition> attributes, bool isGlobal) => new()
        {
            Name = index.RequiredText("IndexName"),
            Keys = isGlobal
                ? KeySchemaReader.ReadGlobal(index, attributes)
                : KeySchemaReader.Read(index, attributes, isTable: false),
            Projection = Projection(index.Structure("Projection")!.Value),
            IsGlobal = isGlobal,
            Throughput = ThroughputReader.Read(index) ?? Throughput.OnDemand,
        };

    /// <summary>
    /// Checks that the index has a throughput if the table has provisioned capacity, and none if the table is on
    /// demand.
    /// </summary>
    /// <exception cref="TableException">The throughput is missing, or is given for an on-demand table.</exception>
    private static void RequireThroughput(Input index, string name, BillingMode billing)
    {
        var has = index.Has("ProvisionedThroughput");
        if (has && billing == BillingMode.PayPerRequest)
        {
            throw TableException.Validation(
                $"{Invalid}ProvisionedThroughput should not be specified for index: {name} when BillingMode is "
                + "PAY_PER_REQUEST");
        }

        if (!has && billing == BillingMode.Provisioned)
        {
            throw TableException.Validation(
                $"{Invalid}ProvisionedThroughput must be specified for index: {name}");
        }
    }

    /// <exception cref="TableException">There are too many global indexes.</exception>
    public static void RequireCount(int count)
    {
        if (count > MostGlobal)
        {
            throw TableException.Validation(
                $"{Invalid}GlobalSecondaryIndex count exceeds the per-table limit of {MostGlobal}");
        }
    }

    private static void RequireNewName(string name, IEnumerable<IndexDefinition> others)
    {
        if (others.Any(other => other.Name == name))
            throw TableException.Validation($"{Invalid}Duplicate index name: {name}");
    }

    private static IndexProjection Projection(Input projection)
    {
        var type = projection.Text("ProjectionType")
            ?? throw TableException.Validation($"{Invalid}Unknown ProjectionType: null");
        var attributes = projection.Texts("NonKeyAttributes");
        if (attributes is not null && type != "INCLUDE")
        {
            throw TableException.Validation(
                $"{Invalid}ProjectionType is {type}, but NonKeyAttributes is specified");
        }

        if (attributes is null && type == "INCLUDE")
        {
            throw TableException.Validation(
                $"{Invalid}ProjectionType is {type}, but NonKeyAttributes is not specified");
        }

        return new IndexProjection(
            type switch
            {
                "ALL" => ProjectionType.All,
                "INCLUDE" => ProjectionType.Include,
                _ => ProjectionType.KeysOnly,
            },
            attributes ?? []);
    }
}
