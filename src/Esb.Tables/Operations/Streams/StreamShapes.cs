using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Streams;

/// <summary>The shapes of operations on streams.</summary>
internal static class StreamShapes
{
    public static readonly (string Name, Shape Shape) StreamArn =
        ("StreamArn", new TextShape { IsRequired = true, Shortest = 37, Longest = 1024 });

    public static (string Name, Shape Shape) Limit(int most) =>
        ("Limit", new WholeShape("Integer") { Least = 1, Most = most });
}
