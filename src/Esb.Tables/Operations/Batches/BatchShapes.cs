using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Batches;

/// <summary>The shapes that both batch operations share.</summary>
internal static class BatchShapes
{
    /// <summary>The names of tables as the keys of a map.</summary>
    public static readonly TextShape TableNames = new()
    {
        Shortest = 3,
        Longest = 255,
        Pattern = Members.NameLetters,
    };
}
