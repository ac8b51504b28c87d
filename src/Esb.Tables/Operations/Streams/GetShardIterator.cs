using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;
using Esb.Tables.Storage;
using Esb.Tables.Streams;

namespace Esb.Tables.Operations.Streams;

/// <summary>Returns an iterator: the position in a shard from which to read.</summary>
internal sealed class GetShardIterator(TablesContext context) : Operation("GetShardIterator", Request)
{
    private static readonly StructureShape Request = new(
        "GetShardIteratorInput",
        StreamShapes.StreamArn,
        ("ShardId", new TextShape { IsRequired = true, Shortest = 28, Longest = 65 }),
        ("ShardIteratorType", new TextShape
        {
            IsRequired = true,
            OneOf = ["TRIM_HORIZON", "LATEST", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"],
        }),
        ("SequenceNumber", new TextShape { Shortest = 21, Longest = 40 }));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var arn = input.RequiredText("StreamArn");
        var shard = input.RequiredText("ShardId");
        var next = context.Database.Read(session =>
        {
            var stream = session.RequireStream(arn);
            if (stream.ShardId != shard)
            {
                throw new TableException(
                    "ResourceNotFoundException", $"Requested resource not found: Shard does not exist");
            }

            return Next(session, stream, input);
        });
        var iterator = new ShardIterator(arn, shard, next, context.Time.GetUtcNow());
        return Task.FromResult(Answer.Of(json => json.WriteString("ShardIterator", iterator.ToText())));
    }

    private static long Next(ReadSession session, StreamDefinition stream, Input input)
    {
        var type = input.RequiredText("ShardIteratorType");
        if (type == "TRIM_HORIZON")
            return session.TrimHorizon(stream);
        if (type == "LATEST")
            return session.NextSequence;
        var text = input.Text("SequenceNumber")
            ?? throw TableException.Validation(
                "SequenceNumber must be specified when ShardIteratorType is AT_SEQUENCE_NUMBER or "
                + "AFTER_SEQUENCE_NUMBER");
        var sequence = SequenceNumber.Parse(text)
            ?? throw TableException.Validation($"Invalid SequenceNumber: {text}");
        if (sequence < session.TrimHorizon(stream) && type == "AT_SEQUENCE_NUMBER")
            throw Trimmed();
        return type == "AT_SEQUENCE_NUMBER" ? sequence : sequence + 1;
    }

    public static TableException Trimmed() => new(
        "TrimmedDataAccessException",
        "The operation attempted to read past the oldest stream record in a shard.");
}
