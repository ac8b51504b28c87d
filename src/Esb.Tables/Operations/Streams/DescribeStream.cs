using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Operations.Tables;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Streams;

namespace Esb.Tables.Operations.Streams;

/// <summary>Describes a stream and its shard.</summary>
internal sealed class DescribeStream(TablesContext context) : Operation("DescribeStream", Request)
{
    private static readonly StructureShape Request = new(
        "DescribeStreamInput",
        StreamShapes.StreamArn,
        StreamShapes.Limit(100),
        ("ExclusiveStartShardId", new TextShape { Shortest = 28, Longest = 65 }));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var stream = context.Database.Read(session => session.RequireStream(input.RequiredText("StreamArn")));
        return Task.FromResult(Answer.Of(json => Write(json, stream, input.Text("ExclusiveStartShardId"))));
    }

    private static void Write(Utf8JsonWriter json, StreamDefinition stream, string? afterShard)
    {
        json.WriteStartObject("StreamDescription");
        json.WriteString("StreamArn", stream.Arn);
        json.WriteString("StreamLabel", stream.Label);
        json.WriteString("StreamStatus", stream.IsEnabled ? "ENABLED" : "DISABLED");
        json.WriteString("StreamViewType", StreamSettings.Text(stream.View));
        json.WriteTime("CreationRequestDateTime", stream.CreationTime);
        json.WriteString("TableName", stream.TableName);
        TableDescription.WriteKeys(json, stream.Keys);
        json.WriteStartArray("Shards");
        if (afterShard is null)
            WriteShard(json, stream);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteShard(Utf8JsonWriter json, StreamDefinition stream)
    {
        json.WriteStartObject();
        json.WriteString("ShardId", stream.ShardId);
        json.WriteStartObject("SequenceNumberRange");
        json.WriteString("StartingSequenceNumber", SequenceNumber.ToText(stream.FirstSequence));
        if (stream.LastSequence is { } last)
            json.WriteString("EndingSequenceNumber", SequenceNumber.ToText(last));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
