using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Operations.Policies;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>Creates a table.</summary>
internal sealed class CreateTable(TablesContext context) : TableOperation("CreateTable", Request)
{
    // AWS's quota for an account. Each table costs memory and time at every look through all of them.
    private const int MostTables = 2500;

    private static readonly StructureShape Request = new(
        "CreateTableInput",
        [
            TableShapes.AttributeDefinitions(isRequired: true),
            TableShapes.TableName,
            TableShapes.BillingMode,
            TableShapes.Throughput(isRequired: false),
            TableShapes.KeySchema,
            TableShapes.LocalIndexes,
            TableShapes.GlobalIndexes,
            TableShapes.Stream,
            TableShapes.Encryption,
            ("Tags", new ListShape(TableShapes.Tag)),
            TableShapes.TableClass,
            TableShapes.DeletionProtection,
            TableShapes.OnDemandThroughput,
            TableShapes.WarmThroughput,
            ("ResourcePolicy", Members.Text),
            .. TableShapes.Replication,
        ]);

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var definition = Read(input);
        var view = StreamSettings.View(input);
        var table = await context.Database.WriteAsync(
            session =>
            {
                if (session.FindTable(definition.Name) is not null)
                    throw ResourceErrors.InUse($"Table already exists: {definition.Name}");
                if (session.TableCount() >= MostTables)
                {
                    throw new TableException(
                        "LimitExceededException",
                        $"Subscriber limit exceeded: There is a limit of {MostTables} tables per subscriber");
                }

                return session.CreateTable(definition, view);
            },
            cancellation);
        return Answer.Of(json => TableDescription.WriteMember(
            json, "TableDescription", table, counts: null, context.Arns, status: "CREATING"));
    }

    private TableDefinition Read(Input input)
    {
        var billing = ThroughputReader.Billing(input);
        var attributes = KeySchemaReader.Attributes(input);
        var keys = KeySchemaReader.Read(input, attributes, isTable: true);
        if (!input.Has("LocalSecondaryIndexes") && !input.Has("GlobalSecondaryIndexes"))
            RequireNoOtherAttributes(keys, [], attributes);
        var local = IndexReader.Local(input, keys, attributes);
        var global = IndexReader.Global(input, local, attributes, billing);
        RequireNoOtherAttributes(keys, [.. local, .. global], attributes);
        var now = context.Time.GetUtcNow();
        return new TableDefinition
        {
            Name = input.RequiredText("TableName"),
            Id = Guid.NewGuid().ToString(),
            Arn = context.Arns.Table(input.RequiredText("TableName")),
            Keys = keys,
            Attributes = attributes,
            LocalIndexes = local,
            GlobalIndexes = global,
            CreationTime = now,
            BillingMode = billing,
            OnDemandSince = billing == BillingMode.PayPerRequest ? now : null,
            Throughput = (ThroughputReader.Read(input) ?? Throughput.OnDemand).WithWarm(input, billing, "table"),
            TableClass = input.Text("TableClass"),
            Encryption = EncryptionReader.Read(input, context.Arns),
            IsProtected = input.Flag("DeletionProtectionEnabled"),
            Tags = TagReader.Read(input),
            ResourcePolicy = Policy(input, now),
        };
    }

    private static ResourcePolicy? Policy(Input input, DateTimeOffset now)
    {
        if (input.Text("ResourcePolicy") is not { } document)
            return null;
        PolicyDocument.Require(document);
        return new ResourcePolicy(document, now.ToUnixTimeMilliseconds());
    }

    /// <summary>Checks that every defined attribute is a key of the table or of an index.</summary>
    private static void RequireNoOtherAttributes(
        KeySchema keys, IReadOnlyList<IndexDefinition> indexes, IReadOnlyList<AttributeDefinition> attributes)
    {
        if (indexes.Count == 0)
        {
            if (attributes.Count == keys.Attributes.Count())
                return;
            throw TableException.Validation(
                "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match "
                + "number of attributes defined in AttributeDefinitions");
        }

        if (attributes.All(attribute => keys.Has(attribute.Name)
            || indexes.Any(index => index.Keys.Has(attribute.Name))))
        {
            return;
        }

        var used = indexes.SelectMany(index => index.Keys.Attributes).Concat(keys.Attributes)
            .Select(key => key.Name).Distinct();
        throw TableException.Validation(
            "One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: "
            + $"[{string.Join(", ", attributes.Select(attribute => attribute.Name))}], keys used: "
            + $"[{string.Join(", ", used)}]");
    }
}
