using System.Globalization;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Policies;

/// <summary>Sets the resource policy of a table.</summary>
internal sealed class PutResourcePolicy(TablesContext context) : Operation("PutResourcePolicy", Request)
{
    private static readonly StructureShape Request = new(
        "PutResourcePolicyInput",
        PolicyTarget.Arn,
        ("Policy", Members.RequiredText),
        PolicyTarget.ExpectedRevision,
        ("ConfirmRemoveSelfResourceAccess", Members.Flag));

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var name = TableArns.NameIn(input.RequiredText("ResourceArn"));
        var document = input.RequiredText("Policy");
        PolicyDocument.Require(document);
        var policy = await context.Database.WriteAsync(
            session =>
            {
                var table = PolicyTarget.Find(session, name);
                PolicyTarget.RequireRevision(input, table);
                if (table.ResourcePolicy is { } old && old.Document == document)
                    return old;
                var now = context.Time.GetUtcNow().ToUnixTimeMilliseconds();
                var changed = new ResourcePolicy(document, Math.Max(now, (table.ResourcePolicy?.Revision ?? 0) + 1));
                session.ChangeTable(table with { ResourcePolicy = changed });
                return changed;
            },
            cancellation);
        return PolicyTarget.Revision(policy);
    }
}

/// <summary>Returns the resource policy of a table.</summary>
internal sealed class GetResourcePolicy(TablesContext context) : Operation("GetResourcePolicy", Request)
{
    private static readonly StructureShape Request = new("GetResourcePolicyInput", PolicyTarget.Arn);

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var arn = input.RequiredText("ResourceArn");
        var table = context.Database.Read(session => PolicyTarget.Find(session, TableArns.NameIn(arn)));
        var policy = table.ResourcePolicy ?? throw PolicyTarget.NotFound(arn);
        return Task.FromResult(Answer.Of(json =>
        {
            json.WriteString("Policy", policy.Document);
            json.WriteString("RevisionId", policy.Revision.ToString(CultureInfo.InvariantCulture));
        }));
    }
}

/// <summary>Removes the resource policy of a table.</summary>
internal sealed class DeleteResourcePolicy(TablesContext context) : Operation("DeleteResourcePolicy", Request)
{
    private static readonly StructureShape Request = new(
        "DeleteResourcePolicyInput", PolicyTarget.Arn, PolicyTarget.ExpectedRevision);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var name = TableArns.NameIn(input.RequiredText("ResourceArn"));
        var removed = await context.Database.WriteAsync(
            session =>
            {
                var table = PolicyTarget.Find(session, name);
                PolicyTarget.RequireRevision(input, table);
                if (table.ResourcePolicy is not null)
                    session.ChangeTable(table with { ResourcePolicy = null });
                return table.ResourcePolicy;
            },
            cancellation);
        return removed is null ? Answer.Of(_ => { }) : PolicyTarget.Revision(removed);
    }
}
