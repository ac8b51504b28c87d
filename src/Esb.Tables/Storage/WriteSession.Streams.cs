using System.Globalization;
using System.Text.Json;
using Esb.Tables.Catalog;

namespace Esb.Tables.Storage;

/// <summary>Enables and disables streams.</summary>
public sealed partial class WriteSession
{
    /// <summary>Creates a new stream for a table.</summary>
    public TableDefinition EnableStream(TableDefinition table, StreamView view)
    {
        _undo.BeforeWriting();
        var time = Time.GetUtcNow();
        string label;
        // The label is the time. A second stream in the same millisecond gets the label of the next millisecond.
        while (FindStream(ArnOf(table, label = LabelOf(time))) is not null)
            time = time.AddMilliseconds(1);
        var number = TakeNumber();
        var stream = new StreamDefinition
        {
            Number = number,
            Arn = ArnOf(table, label),
            Label = label,
            TableName = table.Name,
            Keys = table.Keys,
            View = view,
            CreationTime = time,
            ShardId = string.Create(
                CultureInfo.InvariantCulture, $"shardId-{time.ToUnixTimeMilliseconds():D20}-{number:x8}"),
            FirstSequence = _records.Take(),
        };
        Store(stream);
        return ChangeTable(table with { Stream = stream });
    }

    /// <summary>Disables the stream of a table.</summary>
    public TableDefinition DisableStream(TableDefinition table)
    {
        _undo.BeforeWriting();
        var closed = table.Stream! with { DisabledTime = Time.GetUtcNow(), LastSequence = _records.Take() };
        Store(closed);
        return ChangeTable(table with { Stream = closed });
    }

    private static string ArnOf(TableDefinition table, string label) => $"{table.Arn}/stream/{label}";

    private static string LabelOf(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private void Store(StreamDefinition stream)
    {
        using var statement = Connection.Rent(
            "INSERT INTO streams VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
            + "ON CONFLICT (arn) DO UPDATE SET disabled = excluded.disabled, definition = excluded.definition");
        statement.Bind(1, stream.Arn).Bind(2, stream.Number).Bind(3, stream.TableName).Bind(4, stream.FirstSequence);
        if (stream.DisabledTime is { } disabled)
            statement.Bind(5, disabled.ToUnixTimeMilliseconds());
        else
            statement.BindNull(5);
        statement.Bind(6, JsonSerializer.SerializeToUtf8Bytes(stream, CatalogJson.Default.StreamDefinition)).Run();
    }
}
