using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>
/// Reads the description of a table as DescribeTable returns it, for tables that come from another database. How
/// many indexes and projected attributes there are is not checked, since other databases do not limit it.
/// </summary>
public static class DescriptionReader
{
    private static readonly (string Name, Shape Shape) Units = ("ProvisionedThroughput", new StructureShape(
        "ProvisionedThroughputDescription",
        ("WriteCapacityUnits", new WholeShape("Long") { IsRequired = true }),
        ("ReadCapacityUnits", new WholeShape("Long") { IsRequired = true }),
        ("NumberOfDecreasesToday", new WholeShape("Long"))));

    private static readonly (string Name, Shape Shape) Projection = ("Projection", new StructureShape(
        "Projection",
        ("ProjectionType", new TextShape { IsRequired = true, OneOf = ["ALL", "INCLUDE", "KEYS_ONLY"] }),
        ("NonKeyAttributes", new ListShape(Members.Text)))
    { IsRequired = true });

    private static readonly ListShape Indexes = new(
        new StructureShape(
            "SecondaryIndexDescription",
            ("IndexName", Members.Index(isRequired: true)),
            TableShapes.KeySchema,
            Projection,
            Units)
        { IsElement = true });

    private static readonly StructureShape Description = new(
        "TableDescription",
        TableShapes.AttributeDefinitions(isRequired: true),
        TableShapes.TableName,
        TableShapes.KeySchema,
        Units,
        ("LocalSecondaryIndexes", Indexes),
        ("GlobalSecondaryIndexes", Indexes));

    /// <summary>Reads a description. Streams, expiry and tags are not part of the result.</summary>
    /// <param name="description">The description.</param>
    /// <param name="region">The region in the ARN of the table.</param>
    /// <param name="account">The account in the ARN of the table.</param>
    /// <param name="now">The time of creation of a table without one.</param>
    /// <exception cref="TableException">It is not the description of a table.</exception>
    public static TableDefinition Read(JsonElement description, string region, string account, DateTimeOffset now)
    {
        Description.CheckType(description);
        var violations = new Violations();
        Description.CheckConstraints(description, "", violations);
        violations.ThrowIfAny();
        var input = new Input(description);
        var attributes = KeySchemaReader.Attributes(input);
        var billing = input.Structure("BillingModeSummary");
        var isOnDemand = billing?.Text("BillingMode") == "PAY_PER_REQUEST";
        var created = Time(input, "CreationDateTime") ?? now;
        return new TableDefinition
        {
            Name = input.RequiredText("TableName"),
            Id = Guid.TryParse(input.Text("TableId"), out var id) ? id.ToString() : Guid.NewGuid().ToString(),
            Arn = new TableArns(region, account).Table(input.RequiredText("TableName")),
            Keys = KeySchemaReader.Read(input, attributes, isTable: true),
            Attributes = attributes,
            LocalIndexes = IndexesOf(input, "LocalSecondaryIndexes", attributes, isGlobal: false),
            GlobalIndexes = IndexesOf(input, "GlobalSecondaryIndexes", attributes, isGlobal: true),
            CreationTime = created,
            BillingMode = isOnDemand ? BillingMode.PayPerRequest : BillingMode.Provisioned,
            OnDemandSince = (billing is { } summary ? Time(summary, "LastUpdateToPayPerRequestDateTime") : null)
                ?? (isOnDemand ? created : null),
            Throughput = ThroughputOf(input),
        };
    }

    private static IReadOnlyList<IndexDefinition> IndexesOf(
        Input input, string name, IReadOnlyList<AttributeDefinition> attributes, bool isGlobal) =>
        [.. (input.Structures(name) ?? []).Select(index => new IndexDefinition
        {
            Name = index.RequiredText("IndexName"),
            Keys = KeySchemaReader.Read(index, attributes, isTable: false),
            Projection = ProjectionOf(index.Structure("Projection")!.Value),
            IsGlobal = isGlobal,
            Throughput = isGlobal ? ThroughputOf(index) : Throughput.OnDemand,
        })];

    private static IndexProjection ProjectionOf(Input projection) => projection.Text("ProjectionType") switch
    {
        "ALL" => IndexProjection.All,
        "INCLUDE" => new IndexProjection(ProjectionType.Include, projection.Texts("NonKeyAttributes") ?? []),
        _ => new IndexProjection(ProjectionType.KeysOnly, []),
    };

    private static Throughput ThroughputOf(Input owner) => owner.Structure("ProvisionedThroughput") is { } units
        ? new Throughput(units.Whole("ReadCapacityUnits") ?? 0, units.Whole("WriteCapacityUnits") ?? 0)
        {
            LastIncrease = Time(units, "LastIncreaseDateTime"),
            LastDecrease = Time(units, "LastDecreaseDateTime"),
            DecreasesOnThatDay = (int)(units.Whole("NumberOfDecreasesToday") ?? 0),
        }
        : Throughput.OnDemand;

    private static DateTimeOffset? Time(Input owner, string name) =>
        owner.Member(name) is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetDouble(out var since1970)
            && since1970 is >= 0 and < 1e11
            ? DateTimeOffset.UnixEpoch.AddSeconds(since1970)
            : null;
}
