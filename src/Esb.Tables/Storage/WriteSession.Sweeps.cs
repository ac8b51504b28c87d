using Esb.Tables.Catalog;
using Esb.Tables.Keys;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Removes data that has expired.</summary>
public sealed partial class WriteSession
{
    // Source: Amazon DynamoDB Developer Guide, "Change data capture for DynamoDB Streams".
    private static readonly TimeSpan Retention = TimeSpan.FromHours(24);

    /// <summary>Deletes expired items of a table, up to the limit for one part.</summary>
    /// <returns>Whether there may be more expired items.</returns>
    internal bool SweepItems(string tableName)
    {
        if (FindTable(tableName) is not { TimeToLive: { } expiry } table)
            return false;
        var start = Time.GetTimestamp();
        var now = Time.GetUtcNow();
        var expired = ExpiredItems(expiry, now);
        var swept = 0;
        foreach (var (entry, id) in expired)
        {
            // Each part deletes something, however long it took to find it.
            if (swept++ > 0 && IsPartOver(start))
                return true;
            if (Item(id) is var (place, item) && entry.AsSpan().SequenceEqual(ExpiryPlace.Of(expiry, item, place)))
                Delete(table, KeyEncoder.Of(table.Keys, item), item, isExpiry: true);
            else
                RemoveEntry(entry);
        }

        return expired.Count == RowsOfPart;
    }

    /// <summary>Removes records and streams after 24 hours, and tokens after ten minutes.</summary>
    /// <returns>Whether there may be more to remove.</returns>
    internal bool SweepRecords()
    {
        _undo.BeforeWriting();
        var start = Time.GetTimestamp();
        var now = Time.GetUtcNow();
        var removed = RemoveTokens((now - IdempotencyToken.Lifetime).ToUnixTimeMilliseconds());
        var hasMore = removed == RowsOfPart;
        var limit = (now - Retention).ToUnixTimeMilliseconds();
        foreach (var (arn, number) in AllStreams())
        {
            // Each part removes something, so that the last streams are reached as well.
            if (removed > 0 && IsPartOver(start))
                return true;
            var trimmed = Trim(arn, number, limit);
            removed += trimmed;
            hasMore |= trimmed == RowsOfPart;
        }

        if (!hasMore)
            RemoveStreams(limit);
        return hasMore;
    }

    private int RemoveTokens(long limit)
    {
        using var tokens = Connection.Rent(
            "DELETE FROM tokens WHERE token IN (SELECT token FROM tokens WHERE time <= ?1 LIMIT ?2)");
        return tokens.Bind(1, limit).Bind(2, RowsOfPart).Run();
    }

    private List<(byte[] Entry, long Item)> ExpiredItems(TimeToLive expiry, DateTimeOffset now)
    {
        using var statement = Connection.Rent(
            "SELECT place, item FROM entries WHERE place >= ?1 AND place < ?2 ORDER BY place LIMIT ?3");
        statement.Bind(1, ExpiryPlace.At(expiry, (now - ExpiryPlace.Oldest).ToUnixTimeSeconds(), []))
            .Bind(2, ExpiryPlace.At(expiry, now.ToUnixTimeSeconds() + 1, []))
            .Bind(3, RowsOfPart);
        var expired = new List<(byte[], long)>();
        while (statement.Step())
            expired.Add((statement.Blob(0).ToArray(), statement.Number(1)));
        return expired;
    }

    private (byte[] Place, MapValue Item)? Item(long id)
    {
        using var statement = Connection.Rent("SELECT place, item FROM items WHERE id = ?1");
        return statement.Bind(1, id).Step()
            ? (statement.Blob(0).ToArray(), StoredJson.Read(statement.Blob(1)))
            : null;
    }

    private void RemoveEntry(byte[] place)
    {
        _undo.BeforeWriting();
        using var statement = Connection.Rent("DELETE FROM entries WHERE place = ?1");
        statement.Bind(1, place).Run();
    }

    private List<(string Arn, long Number)> AllStreams()
    {
        using var statement = Connection.Rent("SELECT arn, number FROM streams");
        var streams = new List<(string, long)>();
        while (statement.Step())
            streams.Add((statement.Text(0), statement.Number(1)));
        return streams;
    }

    private int Trim(string arn, long stream, long limit)
    {
        long? last = null;
        var count = 0;
        using (var statement = Connection.Rent(
            "SELECT sequence, time FROM records WHERE stream = ?1 ORDER BY sequence LIMIT ?2"))
        {
            statement.Bind(1, stream).Bind(2, RowsOfPart);
            // The records are read in the order of their numbers, since the clock may have been set back.
            for (; statement.Step() && statement.Number(1) <= limit; count++)
                last = statement.Number(0);
        }

        if (last is not { } trimmed)
            return 0;
        using (var statement = Connection.Rent("DELETE FROM records WHERE stream = ?1 AND sequence <= ?2"))
            statement.Bind(1, stream).Bind(2, trimmed).Run();
        using (var statement = Connection.Rent("UPDATE streams SET horizon = ?2 WHERE arn = ?1"))
            statement.Bind(1, arn).Bind(2, trimmed + 1).Run();
        return count;
    }

    private void RemoveStreams(long limit)
    {
        var removed = new List<StreamDefinition>();
        using (var statement = Connection.Rent("SELECT definition FROM streams WHERE disabled <= ?1"))
        {
            statement.Bind(1, limit);
            while (statement.Step())
                removed.Add(StreamOf(statement.Blob(0)));
        }

        foreach (var stream in removed)
        {
            using (var statement = Connection.Rent("DELETE FROM streams WHERE arn = ?1"))
                statement.Bind(1, stream.Arn).Run();
            using (var statement = Connection.Rent("DELETE FROM records WHERE stream = ?1"))
                statement.Bind(1, stream.Number).Run();
            if (FindTable(stream.TableName) is { } table && table.Stream?.Number == stream.Number)
                ChangeTable(table with { Stream = null });
        }
    }
}
