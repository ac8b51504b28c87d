using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Reading;

/// <summary>The table or index that a query or scan reads.</summary>
/// <param name="Table">The table.</param>
/// <param name="Index">The index, or null for the table itself.</param>
internal sealed record ReadTarget(TableDefinition Table, IndexDefinition? Index)
{
    /// <summary>The keys that order what is read.</summary>
    public KeySchema Keys => Index?.Keys ?? Table.Keys;

    /// <summary>The attributes of a key to go on after: those of the table and of the index.</summary>
    public IReadOnlyList<string> StartKeyNames { get; } =
        [.. new[] { Table.Keys.Hash, Table.Keys.Range, Index?.Keys.Hash, Index?.Keys.Range }
            .OfType<string>().Distinct()];

    /// <exception cref="TableException">There is no such table or index, or it cannot be read like that.</exception>
    public static ReadTarget Find(ReadSession session, ReadParameters parameters)
    {
        var table = session.RequireTable(parameters.Table);
        if (parameters.Index is not { } name)
            return new ReadTarget(table, null);
        var index = table.FindIndex(name)
            ?? throw TableException.Validation($"The table does not have the specified index: {name}");
        if (index.IsGlobal && parameters.IsConsistent)
            throw TableException.Validation("Consistent reads are not supported on global secondary indexes");
        if (index is { IsGlobal: true, Status: not IndexStatus.Active })
        {
            throw TableException.Validation(
                $"Cannot read from backfilling global secondary index: {name}");
        }

        return new ReadTarget(table, index);
    }

    /// <summary>Checks that the index has what is asked for.</summary>
    /// <exception cref="TableException">It is global and has not.</exception>
    public void RequireProjected(ReadParameters parameters)
    {
        if (Index is not { IsGlobal: true } || Index.Projection.Type == ProjectionType.All)
            return;
        if (parameters.Select == "ALL_ATTRIBUTES")
        {
            throw TableException.Validation(
                "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
                + $"secondary index {Index.Name} because its projection type is not ALL");
        }

        var missing = parameters.Projection?.Paths.Select(path => path.Root).Distinct()
            .Where(attribute => !Index.Projection.Contains(attribute, Table.Keys, Index.Keys))
            .ToArray() ?? [];
        if (missing.Length > 0)
        {
            throw TableException.Validation(
                $"One or more parameter values were invalid: Global secondary index {Index.Name} does not project "
                + $"[{string.Join(", ", missing)}]");
        }
    }

    /// <summary>
    /// Whether items come from the table: a local index fetches what it does not have.
    /// </summary>
    public bool FetchesFromTable(ReadParameters parameters) =>
        Index is { IsGlobal: false } && Index.Projection.Type != ProjectionType.All
        && (parameters.Select == "ALL_ATTRIBUTES"
            || parameters.Projection?.Paths.Any(
                path => !Index.Projection.Contains(path.Root, Table.Keys, Index.Keys)) == true);

    /// <summary>An item as the index has it.</summary>
    public MapValue Projected(MapValue item) =>
        Index is null ? item : Index.Projection.Apply(item, Table.Keys, Index.Keys);

    /// <summary>The key after which a next page goes on.</summary>
    public MapValue StartKeyOf(MapValue item) =>
        new(StartKeyNames.ToDictionary(name => name, name => item.Members[name]));
}
