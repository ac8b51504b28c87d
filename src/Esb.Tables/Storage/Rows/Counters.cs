using Esb.Tables.Catalog;
using Esb.Tables.Storage.Sql;

namespace Esb.Tables.Storage.Rows;

/// <summary>
/// Collects the changes to the counts of tables and indexes that a group of requests makes, and writes them once for
/// the group.
/// </summary>
internal sealed class Counters(SqlConnection connection)
{
    private readonly Dictionary<int, TableCounts> _group = [];
    private readonly Dictionary<int, TableCounts> _request = [];

    public void Add(int number, long items, long bytes) => Add(_request, number, new TableCounts(items, bytes));

    public void KeepRequest()
    {
        foreach (var (number, counts) in _request)
            Add(_group, number, counts);
        _request.Clear();
    }

    public void UndoRequest() => _request.Clear();

    public void UndoGroup()
    {
        _request.Clear();
        _group.Clear();
    }

    public void Write()
    {
        foreach (var (number, counts) in _group.Where(c => c.Value != default))
        {
            using var statement = connection.Rent(
                "INSERT INTO counts VALUES (?1, ?2, ?3) "
                + "ON CONFLICT (number) DO UPDATE SET items = items + ?2, bytes = bytes + ?3");
            statement.Bind(1, number).Bind(2, counts.Items).Bind(3, counts.Bytes).Run();
        }

        _group.Clear();
    }

    private static void Add(Dictionary<int, TableCounts> all, int number, TableCounts more)
    {
        var before = all.GetValueOrDefault(number);
        all[number] = new TableCounts(before.Items + more.Items, before.Bytes + more.Bytes);
    }
}
