using System.Collections.Concurrent;
using Esb.Tables.Catalog;

namespace Esb.Tables.Storage.Rows;

/// <summary>
/// Caches table definitions. A version is never used twice, so a definition with the same version as the row is the
/// definition in the row, whatever has been committed or undone since.
/// </summary>
internal sealed class DefinitionCache
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new();

    public TableDefinition? Find(string name, long version) =>
        _entries.TryGetValue(name, out var entry) && entry.Version == version ? entry.Definition : null;

    public void Set(long version, TableDefinition definition) =>
        _entries[definition.Name] = new Entry(version, definition);

    public void Remove(string name) => _entries.TryRemove(name, out _);

    private sealed record Entry(long Version, TableDefinition Definition);
}
