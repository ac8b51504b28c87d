using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Streams;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Reads one state of all tables. It must not be used after the call that it was given to.</summary>
public class ReadSession
{
    private protected ReadSession()
    {
    }

    /// <summary>The table of a name.</summary>
    public TableDefinition? FindTable(string name) => throw new NotImplementedException();

    /// <summary>The names of tables in order of their UTF-8 bytes.</summary>
    /// <param name="after">Only names behind this one.</param>
    /// <param name="limit">The most names.</param>
    public IReadOnlyList<string> TableNames(string? after, int limit) => throw new NotImplementedException();

    /// <summary>How much a table contains.</summary>
    public TableCounts Counts(TableDefinition table) => throw new NotImplementedException();

    /// <summary>How much an index contains.</summary>
    public TableCounts Counts(IndexDefinition index) => throw new NotImplementedException();

    /// <summary>An item.</summary>
    public MapValue? Get(TableDefinition table, ItemKey key) => throw new NotImplementedException();

    /// <summary>The items of a table or of an active index, read one after the other as the caller asks.</summary>
    /// <param name="table">The table.</param>
    /// <param name="index">The index; null for the table itself.</param>
    /// <param name="range">What to read.</param>
    /// <param name="forward">Ascending, or else descending.</param>
    /// <param name="after">The place behind which (descending: before which) to begin.</param>
    public IEnumerable<StoredItem> Range(
        TableDefinition table, IndexDefinition? index, KeyRange range, bool forward, Bytes? after) =>
        throw new NotImplementedException();

    /// <summary>A stream that has not been removed: it is enabled, or was in the last 24 hours.</summary>
    public StreamDefinition? FindStream(string arn) => throw new NotImplementedException();

    /// <summary>Streams in order of their ARNs.</summary>
    /// <param name="tableName">Only those of this table.</param>
    /// <param name="afterArn">Only those behind this one.</param>
    /// <param name="limit">The most streams.</param>
    public IReadOnlyList<StreamDefinition> Streams(string? tableName, string? afterArn, int limit) =>
        throw new NotImplementedException();

    /// <summary>Records of a stream in order, up to a megabyte of them, at least one if there is one.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="next">The lowest sequence number to read.</param>
    /// <param name="limit">The most records.</param>
    public IReadOnlyList<StreamRecord> Records(StreamDefinition stream, long next, int limit) =>
        throw new NotImplementedException();

    /// <summary>The sequence number that the next record of any stream will have: where LATEST begins.</summary>
    public long NextSequence => throw new NotImplementedException();

    /// <summary>
    /// The lowest sequence number that can still be read of a stream: where TRIM_HORIZON begins. What is below has been
    /// trimmed.
    /// </summary>
    public long TrimHorizon(StreamDefinition stream) => throw new NotImplementedException();

    /// <summary>A token that was added in the last ten minutes.</summary>
    public IdempotencyToken? FindToken(string token) => throw new NotImplementedException();
}
