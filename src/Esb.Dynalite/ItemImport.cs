using System.Globalization;
using System.Text.Json;
using Esb.Dynalite.LevelDb;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Keys;
using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Dynalite;

/// <summary>Copies the items of a dynalite, in groups that are written together.</summary>
/// <param name="database">The LevelDB of the dynalite.</param>
/// <param name="target">The new tables.</param>
/// <param name="report">Receives lines about the progress, and about items that are different or left out.</param>
internal sealed class ItemImport(LevelDatabase database, TableDatabase target, Action<string> report)
{
    private const int ItemsOfGroup = 1000;
    private const int BytesOfGroup = 4 * 1024 * 1024;
    private const int ItemsOfLine = 100_000;
    private const int MostProblems = 10;

    private readonly List<(TableDefinition Table, ItemKey Key, MapValue Item)> _group = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<string> _unknown = [];
    private readonly ItemRemarks _remarks = new();
    private Task _written = Task.CompletedTask;
    private int _bytes;
    private long _items;

    /// <summary>Copies all items.</summary>
    /// <param name="tables">The tables, which exist in the target.</param>
    /// <param name="cancellation">Ends the copy.</param>
    /// <returns>The number of items.</returns>
    /// <exception cref="ImportException">Items cannot be imported.</exception>
    public async Task<long> RunAsync(IEnumerable<TableDefinition> tables, CancellationToken cancellation)
    {
        var byName = tables.ToDictionary(table => table.Name);
        foreach (var (key, value) in database.Read(OldKeys.Items))
        {
            cancellation.ThrowIfCancellationRequested();
            var (name, _) = OldKeys.Split(key, OldKeys.Items);
            if (!byName.TryGetValue(name, out var table))
                ReportUnknown(name);
            else if (Add(table, value))
                await WriteAsync(cancellation);
            if (_problems.Count == MostProblems)
                break;
        }

        await WriteAsync(cancellation);
        await _written;
        foreach (var line in _remarks.Lines())
            report(line);
        return _problems.Count == 0
            ? _items
            : throw new ImportException($"items cannot be imported: {string.Join("; ", _problems)}");
    }

    // Returns whether the group is complete.
    private bool Add(TableDefinition table, ReadOnlyMemory<byte> value)
    {
        try
        {
            var item = OldItem.Read(value);
            _group.Add((table, KeyEncoder.Of(table.Keys, item.Value), item.Value));
            Remark(table, item, value);
        }
        catch (Exception e) when (e is TableException or JsonException or InvalidOperationException)
        {
            _problems.Add($"table {table.Name}, {ShownItem.Of(table, value)}: {e.Message}");
            return false;
        }

        _bytes += value.Length;
        if (++_items % ItemsOfLine == 0)
            report(string.Create(CultureInfo.InvariantCulture, $"Importing tables: {_items:N0} items so far."));
        return _group.Count == ItemsOfGroup || _bytes >= BytesOfGroup;
    }

    // dynalite counts letters where DynamoDB counts bytes, and does not check the keys of indexes completely.
    private void Remark(TableDefinition table, OldItem item, ReadOnlyMemory<byte> value)
    {
        if (item.IsRounded)
            Add("a number with more than 38 digits was rounded");
        if (item.IsTextChanged)
            Add("half of a surrogate pair in a text was replaced by U+FFFD");
        if (ItemSize.Of(item.Value) > ItemSize.Most)
            Add("larger than 400 KB, and can be changed only to a smaller one");
        try
        {
            IndexKeys.Require(table, item.Value);
        }
        catch (TableException e)
        {
            Add($"not in an index: {e.Message}");
        }

        void Add(string remark) => _remarks.Add(table.Name, remark, ShownItem.Of(table, value));
    }

    // While a group is written, the next one is read.
    private async Task WriteAsync(CancellationToken cancellation)
    {
        await _written;
        var group = _group.ToArray();
        _group.Clear();
        _bytes = 0;
        _written = target.WriteAsync(
            session =>
            {
                foreach (var (table, key, item) in group)
                    session.Put(table, key, item, old: null);
                return group.Length;
            },
            cancellation);
    }

    // dynalite never returns them: they are what it leaves behind when the deletion of a table is interrupted.
    private void ReportUnknown(string table)
    {
        if (_unknown.Add(table))
            report($"Items of the table {table} are not imported, since the table does not exist.");
    }
}
