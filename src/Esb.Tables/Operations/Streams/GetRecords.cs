using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Streams;
using Esb.Tables.Values;

namespace Esb.Tables.Operations.Streams;

/// <summary>Reads records of a stream.</summary>
internal sealed class GetRecords(TablesContext context) : Operation("GetRecords", Request)
{
    private const int Most = 1000;

    private static readonly StructureShape Request = new(
        "GetRecordsInput",
        ("ShardIterator", new TextShape { IsRequired = true, Shortest = 1, Longest = 2048 }),
        StreamShapes.Limit(Most));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var now = context.Time.GetUtcNow();
        var iterator = ShardIterator.Parse(input.RequiredText("ShardIterator"))
            ?? throw TableException.Validation("Invalid ShardIterator");
        if (iterator.IsExpired(now))
        {
            throw new TableException(
                "ExpiredIteratorException",
                "The shard iterator has expired and can no longer be used to retrieve stream records. A shard iterator "
                + "expires 15 minutes after it is retrieved using the GetShardIterator action.");
        }

        var limit = (int)(input.Whole("Limit") ?? Most);
        var (stream, records) = context.Database.Read(session =>
        {
            var found = session.RequireStream(iterator.StreamArn);
            if (iterator.Next < session.TrimHorizon(found))
                throw GetShardIterator.Trimmed();
            return (found, session.Records(found, iterator.Next, limit));
        });
        var next = records.Count == 0 ? iterator.Next : records[^1].Sequence + 1;
        return Task.FromResult(Answer.Of(json =>
        {
            json.WriteStartArray("Records");
            foreach (var record in records)
                Write(json, stream, record);
            json.WriteEndArray();
            // There may be no record with the last number of a closed shard, so the iterator also ends when no records
            // are found.
            if (stream.LastSequence is not { } last || (records.Count > 0 && next <= last))
                json.WriteString("NextShardIterator", (iterator with { Next = next, Issued = now }).ToText());
        }));
    }

    private void Write(Utf8JsonWriter json, StreamDefinition stream, StreamRecord record)
    {
        json.WriteStartObject();
        json.WriteString("eventID", EventId(stream, record));
        json.WriteString("eventName", record.Change switch
        {
            StreamChange.Insert => "INSERT",
            StreamChange.Modify => "MODIFY",
            _ => "REMOVE",
        });
        json.WriteString("eventVersion", "1.1");
        json.WriteString("eventSource", "aws:dynamodb");
        json.WriteString("awsRegion", context.Arns.Region);
        json.WriteStartObject("dynamodb");
        json.WritePropertyName("ApproximateCreationDateTime");
        json.WriteNumberValue(record.Time.ToUnixTimeSeconds());
        WriteItem(json, "Keys", record.Keys);
        WriteItem(json, "NewImage", record.NewImage);
        WriteItem(json, "OldImage", record.OldImage);
        json.WriteString("SequenceNumber", SequenceNumber.ToText(record.Sequence));
        json.WriteNumber(
            "SizeBytes", new[] { record.Keys, record.NewImage, record.OldImage }.OfType<MapValue>().Sum(ItemSize.Of));
        json.WriteString("StreamViewType", StreamSettings.Text(stream.View));
        json.WriteEndObject();
        if (record.IsExpiry)
        {
            json.WriteStartObject("userIdentity");
            json.WriteString("PrincipalId", "dynamodb.amazonaws.com");
            json.WriteString("Type", "Service");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, string name, MapValue? item)
    {
        if (item is null)
            return;
        json.WritePropertyName(name);
        ValueWriter.WriteItem(json, item);
    }

    /// <summary>The id of the event, which is the same each time the record is read.</summary>
    private static string EventId(StreamDefinition stream, StreamRecord record) =>
        Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{stream.Arn}/{record.Sequence}"))));
}
