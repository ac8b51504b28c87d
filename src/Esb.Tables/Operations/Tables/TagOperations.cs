using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>Adds tags to a table.</summary>
internal sealed class TagResource(TablesContext context) : Operation("TagResource", Request)
{
    private static readonly StructureShape Request = new(
        "TagResourceInput", ("ResourceArn", Members.Text), ("Tags", new ListShape(TableShapes.Tag)));

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var arn = input.Text("ResourceArn");
        var name = TagTarget.Name(input, context.Arns, Name, "Tags");
        var tags = TagReader.Read(input);
        if (tags.Count == 0)
            throw TableException.Validation("Atleast one Tag needs to be provided as Input.");
        return await TagTarget.ChangeAsync(
            context,
            name,
            $"Requested resource not found: ResourcArn: {arn} not found",
            table =>
            {
                var all = new SortedDictionary<string, string>(table.Tags.ToDictionary(), StringComparer.Ordinal);
                foreach (var (key, value) in tags)
                    all[key] = value;
                TagReader.RequireCount(all.Count);
                return table with { Tags = all };
            },
            cancellation);
    }
}

/// <summary>Removes tags from a table.</summary>
internal sealed class UntagResource(TablesContext context) : Operation("UntagResource", Request)
{
    private static readonly StructureShape Request = new(
        "UntagResourceInput", ("ResourceArn", Members.Text), ("TagKeys", new ListShape(Members.Text)));

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var name = TagTarget.Name(input, context.Arns, Name, "TagKeys");
        var keys = input.Texts("TagKeys")!;
        if (keys.Count == 0)
            throw TableException.Validation("Atleast one Tag Key needs to be provided as Input.");
        return await TagTarget.ChangeAsync(
            context,
            name,
            "Requested resource not found",
            table => table with
            {
                Tags = table.Tags.Where(tag => !keys.Contains(tag.Key)).ToDictionary(),
            },
            cancellation);
    }
}

/// <summary>Lists the tags of a table.</summary>
internal sealed class ListTagsOfResource(TablesContext context) : Operation("ListTagsOfResource", Request)
{
    private static readonly StructureShape Request = new(
        "ListTagsOfResourceInput", ("ResourceArn", Members.Text), ("NextToken", Members.Text));

    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var name = context.Arns.TableOf(input.Text("ResourceArn"), Name);
        var table = context.Database.Read(session => session.FindTable(name))
            ?? throw new TableException(
                "ResourceNotFoundException",
                $"Requested resource not found: ResourcArn: {input.Text("ResourceArn")} not found");
        return Task.FromResult(Answer.Of(json =>
        {
            json.WriteStartArray("Tags");
            foreach (var (key, value) in table.Tags)
            {
                json.WriteStartObject();
                json.WriteString("Key", key);
                json.WriteString("Value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
    }
}

/// <summary>Finds the table whose tags a request changes, and stores the change.</summary>
internal static class TagTarget
{
    /// <summary>The name of the table, if the request has all required members.</summary>
    /// <exception cref="TableException">The ARN is not that of a table, or the other member is missing.</exception>
    public static string Name(Input input, TableArns arns, string operation, string member)
    {
        arns.RequireArn(input.Text("ResourceArn"), operation);
        if (!input.Has(member))
        {
            throw TableException.Validation(
                $"1 validation error detected: Value null at '{char.ToLowerInvariant(member[0])}{member[1..]}' "
                + "failed to satisfy constraint: Member must not be null");
        }

        return TableArns.NameIn(input.RequiredText("ResourceArn"));
    }

    public static async Task<ReadOnlyMemory<byte>> ChangeAsync(
        TablesContext context,
        string name,
        string notFound,
        Func<TableDefinition, TableDefinition> change,
        CancellationToken cancellation)
    {
        await context.Database.WriteAsync(
            session => session.FindTable(name) is { } table
                ? session.ChangeTable(change(table))
                : throw new TableException("ResourceNotFoundException", notFound),
            cancellation);
        return ReadOnlyMemory<byte>.Empty;
    }
}
