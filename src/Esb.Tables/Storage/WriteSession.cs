using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Changes tables; reads include what was changed. It must not be used after the call it was given to.</summary>
public sealed class WriteSession : ReadSession
{
    internal WriteSession()
    {
    }

    /// <summary>Stores an item, with its entries of indexes and its stream record.</summary>
    /// <param name="table">The table, as <see cref="ReadSession.FindTable"/> of this session returned it.</param>
    /// <param name="key">The key of the item.</param>
    /// <param name="item">All attributes.</param>
    /// <param name="old">The item that this session read under the key; null if there was none.</param>
    public void Put(TableDefinition table, ItemKey key, MapValue item, MapValue? old) =>
        throw new NotImplementedException();

    /// <summary>Deletes an item, with its entries of indexes, and writes its stream record.</summary>
    public void Delete(TableDefinition table, ItemKey key, MapValue old) => throw new NotImplementedException();

    /// <summary>Creates a table. Its number and those of its indexes are given here.</summary>
    /// <returns>The table with its numbers; with a stream if <paramref name="view"/> is given.</returns>
    public TableDefinition CreateTable(TableDefinition table, StreamView? view) => throw new NotImplementedException();

    /// <summary>Stores what is only remembered: capacity, class, encryption, protection, tags and the like.</summary>
    public TableDefinition ChangeTable(TableDefinition changed) => throw new NotImplementedException();

    /// <summary>Removes a table. Its stream is disabled; its space is freed in the background.</summary>
    public void DeleteTable(TableDefinition table) => throw new NotImplementedException();

    /// <summary>Adds a global index, which is filled in the background and then becomes active.</summary>
    public TableDefinition AddIndex(TableDefinition table, IndexDefinition index) =>
        throw new NotImplementedException();

    /// <summary>Begins to remove a global index, which disappears when it is empty.</summary>
    public TableDefinition RemoveIndex(TableDefinition table, string name) => throw new NotImplementedException();

    /// <summary>Gives a table a new stream.</summary>
    public TableDefinition EnableStream(TableDefinition table, StreamView view) => throw new NotImplementedException();

    /// <summary>Disables the stream of a table.</summary>
    public TableDefinition DisableStream(TableDefinition table) => throw new NotImplementedException();

    /// <summary>Sets the attribute that says when items expire, or null for none.</summary>
    public TableDefinition SetTimeToLive(TableDefinition table, string? attribute) =>
        throw new NotImplementedException();

    /// <summary>Remembers a token for ten minutes.</summary>
    public void AddToken(IdempotencyToken token) => throw new NotImplementedException();
}
