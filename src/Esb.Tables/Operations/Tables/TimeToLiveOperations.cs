using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>Sets the attribute that holds the expiry time of items, or switches expiry off.</summary>
internal sealed class UpdateTimeToLive(TablesContext context) : TableOperation("UpdateTimeToLive", Request)
{
    private static readonly StructureShape Request = new(
        "UpdateTimeToLiveInput",
        TableShapes.TableName,
        ("TimeToLiveSpecification", new StructureShape(
            "TimeToLiveSpecification",
            ("Enabled", new FlagShape { IsRequired = true }),
            ("AttributeName", new TextShape { IsRequired = true, Shortest = 1, Longest = 255 }))
        { IsRequired = true }));

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var specification = input.Structure("TimeToLiveSpecification")!.Value;
        var attribute = specification.RequiredText("AttributeName");
        var isOn = specification.Flag("Enabled");
        await context.Database.WriteAsync(
            session =>
            {
                var table = Find(session, input);
                if (isOn == table.TimeToLive is not null)
                    throw TableException.Validation($"TimeToLive is already {(isOn ? "enabled" : "disabled")}");
                if (!isOn && table.TimeToLive!.Attribute != attribute)
                {
                    throw TableException.Validation(
                        $"TimeToLive is active on a different AttributeName: current AttributeName is "
                        + table.TimeToLive.Attribute);
                }

                return session.SetTimeToLive(table, isOn ? attribute : null);
            },
            cancellation);
        return Answer.Of(json =>
        {
            json.WriteStartObject("TimeToLiveSpecification");
            json.WriteBoolean("Enabled", isOn);
            json.WriteString("AttributeName", attribute);
            json.WriteEndObject();
        });
    }
}

/// <summary>Returns the attribute that holds the expiry time of items, if there is one.</summary>
internal sealed class DescribeTimeToLive(TablesContext context) : TableOperation("DescribeTimeToLive", Request)
{
    private static readonly StructureShape Request = new("DescribeTimeToLiveInput", TableShapes.TableName);

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var timeToLive = context.Database.Read(session => Find(session, input).TimeToLive);
        return Task.FromResult(Answer.Of(json =>
        {
            json.WriteStartObject("TimeToLiveDescription");
            json.WriteString("TimeToLiveStatus", timeToLive is null ? "DISABLED" : "ENABLED");
            if (timeToLive is not null)
                json.WriteString("AttributeName", timeToLive.Attribute);
            json.WriteEndObject();
        }));
    }
}
