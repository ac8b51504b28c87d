using System.Globalization;

namespace Esb.Dynalite;

/// <summary>Counts the items that are different in the new tables, and names the first one of each kind.</summary>
internal sealed class ItemRemarks
{
    private readonly Dictionary<(string Table, string Remark), (int Count, string First)> _found = [];

    /// <summary>Adds an item.</summary>
    /// <param name="table">The name of its table.</param>
    /// <param name="remark">What is different.</param>
    /// <param name="item">The item for the operator.</param>
    public void Add(string table, string remark, string item) =>
        _found[(table, remark)] = _found.TryGetValue((table, remark), out var found)
            ? found with { Count = found.Count + 1 }
            : (1, item);

    /// <summary>A line for each kind.</summary>
    public IEnumerable<string> Lines() => _found.Select(one => string.Create(
        CultureInfo.InvariantCulture,
        $"Table {one.Key.Table}, {one.Value.Count:N0} items, the first one is {one.Value.First}: {one.Key.Remark}"));
}
