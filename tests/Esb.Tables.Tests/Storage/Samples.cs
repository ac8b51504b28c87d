using Esb.Tables.Catalog;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Storage;

/// <summary>Tables and items of tests.</summary>
internal static class Samples
{
    public static readonly KeySchema Keys = new("h", AttributeType.S, "r", AttributeType.N);

    public static TableDefinition Table(string name = "t") => new()
    {
        Name = name,
        Id = "11111111-2222-3333-4444-555555555555",
        Arn = $"arn:aws:dynamodb:us-east-1:000000000000:table/{name}",
        Keys = Keys,
        Attributes = [new("h", AttributeType.S), new("r", AttributeType.N), new("g", AttributeType.S)],
        CreationTime = DateTimeOffset.UnixEpoch,
    };

    public static IndexDefinition Index(string name = "i", IndexProjection? projection = null) => new()
    {
        Name = name,
        Keys = new KeySchema("g", AttributeType.S, "r", AttributeType.N),
        Projection = projection ?? IndexProjection.All,
        IsGlobal = true,
    };

    public static NumberValue Number(string text) =>
        DynamoNumber.TryParse(text, out var number, out var problem)
            ? new NumberValue(number)
            : throw new ArgumentException(problem, nameof(text));

    public static MapValue Item(string hash, int range, string? group = null, string? value = null) =>
        Map([("h", new StringValue(hash)), ("r", Number($"{range}")), ("g", Text(group)), ("v", Text(value))]);

    public static MapValue Map(params (string Name, AttributeValue? Value)[] members) =>
        new(members.Where(m => m.Value is not null).ToDictionary(m => m.Name, m => m.Value!));

    private static StringValue? Text(string? text) => text is null ? null : new StringValue(text);
}
