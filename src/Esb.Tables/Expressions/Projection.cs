using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>The parts of an item that a request asks for.</summary>
/// <param name="Paths">The paths of the parts.</param>
public sealed record Projection(IReadOnlyList<AttributePath> Paths)
{
    /// <summary>Those of the parts that the item has; lists hold the chosen elements alone, in their order.</summary>
    public MapValue Apply(MapValue item) => throw new NotImplementedException();

    /// <summary>Reads the legacy parameter AttributesToGet.</summary>
    /// <exception cref="Errors.TableException">A name stands twice.</exception>
    public static Projection OfAttributes(IReadOnlyList<string> names) => throw new NotImplementedException();
}
