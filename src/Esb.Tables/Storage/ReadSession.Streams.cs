using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Storage.Rows;
using Esb.Tables.Storage.Sql;
using Esb.Tables.Streams;
using Esb.Tables.Values;

namespace Esb.Tables.Storage;

/// <summary>Reads streams.</summary>
public partial class ReadSession
{
    private protected const string LastSequence = "sequence";

    // Source: Amazon DynamoDB Streams API Reference, GetRecords.
    private const int MostBytesOfRecords = 1024 * 1024;

    /// <summary>The sequence number of the next record in any stream, which is the position of LATEST.</summary>
    public virtual long NextSequence => NumberOf(LastSequence) + 1;

    /// <summary>Finds a stream that is enabled, or was enabled in the last 24 hours.</summary>
    public StreamDefinition? FindStream(string arn)
    {
        using var statement = Connection.Rent("SELECT definition FROM streams WHERE arn = ?1");
        return statement.Bind(1, arn).Step() ? StreamOf(statement.Blob(0)) : null;
    }

    /// <summary>Returns streams in the order of their ARNs.</summary>
    /// <param name="tableName">The table whose streams are returned; null for all tables.</param>
    /// <param name="afterArn">The ARN after which to start; null for the beginning.</param>
    /// <param name="limit">The maximum number of streams.</param>
    public IReadOnlyList<StreamDefinition> Streams(string? tableName, string? afterArn, int limit)
    {
        using var statement = Connection.Rent(
            "SELECT definition FROM streams WHERE arn > ?1 AND (?2 = '' OR table_name = ?2) ORDER BY arn LIMIT ?3");
        statement.Bind(1, afterArn ?? "").Bind(2, tableName ?? "").Bind(3, limit);
        var streams = new List<StreamDefinition>();
        while (statement.Step())
            streams.Add(StreamOf(statement.Blob(0)));
        return streams;
    }

    /// <summary>
    /// Returns records of a stream in order, up to one megabyte. If there are any, at least one is returned.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="next">The lowest sequence number to read.</param>
    /// <param name="limit">The maximum number of records.</param>
    public IReadOnlyList<StreamRecord> Records(StreamDefinition stream, long next, int limit)
    {
        using var statement = Connection.Rent(
            "SELECT sequence, time, change, expiry, keys, new, old FROM records "
            + "WHERE stream = ?1 AND sequence >= ?2 ORDER BY sequence LIMIT ?3");
        statement.Bind(1, stream.Number).Bind(2, next).Bind(3, limit);
        var records = new List<StreamRecord>();
        for (var bytes = 0; bytes < MostBytesOfRecords && statement.Step();)
        {
            bytes += statement.Blob(4).Length + statement.Blob(5).Length + statement.Blob(6).Length;
            if (records.Count == 0 || bytes <= MostBytesOfRecords)
                records.Add(Record(statement));
        }

        return records;
    }

    /// <summary>
    /// The lowest sequence number that can still be read from a stream, which is the position of TRIM_HORIZON. Earlier
    /// records have been trimmed.
    /// </summary>
    public long TrimHorizon(StreamDefinition stream)
    {
        using var statement = Connection.Rent("SELECT horizon FROM streams WHERE arn = ?1");
        return statement.Bind(1, stream.Arn).Step() ? statement.Number(0) : stream.FirstSequence;
    }

    private protected static StreamDefinition StreamOf(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CatalogJson.Default.StreamDefinition)!;

    private static StreamRecord Record(SqlStatement statement) => new(
        statement.Number(0),
        DateTimeOffset.FromUnixTimeMilliseconds(statement.Number(1)),
        (StreamChange)statement.Number(2),
        StoredJson.Read(statement.Blob(4)),
        statement.IsNull(5) ? null : StoredJson.Read(statement.Blob(5)),
        statement.IsNull(6) ? null : StoredJson.Read(statement.Blob(6)),
        statement.Number(3) != 0);
}
