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
    /// <summary>The keys that determine the order in which items are read.</summary>
    public KeySchema Keys => Index?.Keys ?? Table.Keys;

    /// <summary>The attributes of a start key: the keys of the table and of the index.</summary>
    public IReadOnlyList<string> StartKeyNames { get; } =
        [.. Table.Keys.Attributes.Concat(Index?.Keys.Attributes ?? []).Select(key => key.Name).Distinct()];

    /// <exception cref="TableException">
    /// There is no such table or index, or it does not support such a read.
    /// </exception>
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

    /// <summary>Checks that a global index contains the attributes that are asked for.</summary>
    /// <exception cref="TableException">The index is global and lacks an attribute.</exception>
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
    /// Whether items must be fetched from the table, because a local index lacks attributes that are asked for.
    /// </summary>
    public bool FetchesFromTable(ReadParameters parameters) =>
        Index is { IsGlobal: false } && Index.Projection.Type != ProjectionType.All
        && (parameters.Select == "ALL_ATTRIBUTES"
            || parameters.Projection?.Paths.Any(
                path => !Index.Projection.Contains(path.Root, Table.Keys, Index.Keys)) == true);

    /// <summary>The part of an item that the index contains, or the whole item if a table is read.</summary>
    public MapValue Projected(MapValue item) =>
        Index is null ? item : Index.Projection.Apply(item, Table.Keys, Index.Keys);

    /// <summary>The key from which the next page continues.</summary>
    public MapValue StartKeyOf(MapValue item) =>
        new(StartKeyNames.ToDictionary(name => name, name => item.Members[name]));
}
