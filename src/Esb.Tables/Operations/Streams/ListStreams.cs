using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Streams;

/// <summary>Lists the streams of one table or of all tables.</summary>
internal sealed class ListStreams(TablesContext context) : Operation("ListStreams", Request)
{
    private const int Most = 100;

    private static readonly StructureShape Request = new(
        "ListStreamsInput",
        ("TableName", new TableNameShape()),
        StreamShapes.Limit(Most),
        ("ExclusiveStartStreamArn", new TextShape { Shortest = 37, Longest = 1024 }));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var limit = (int)(input.Whole("Limit") ?? Most);
        var table = input.Has("TableName") ? input.TableName : null;
        var streams = context.Database.Read(
            session => session.Streams(table, input.Text("ExclusiveStartStreamArn"), limit + 1));
        return Task.FromResult(Answer.Of(json =>
        {
            json.WriteStartArray("Streams");
            foreach (var stream in streams.Take(limit))
            {
                json.WriteStartObject();
                json.WriteString("StreamArn", stream.Arn);
                json.WriteString("TableName", stream.TableName);
                json.WriteString("StreamLabel", stream.Label);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            if (streams.Count > limit)
                json.WriteString("LastEvaluatedStreamArn", streams[limit - 1].Arn);
        }));
    }
}
