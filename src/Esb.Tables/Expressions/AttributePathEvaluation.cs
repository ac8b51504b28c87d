using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>Follows paths in items.</summary>
public static class AttributePathEvaluation
{
    /// <summary>The value at a path, or null if there is none.</summary>
    public static AttributeValue? In(this AttributePath path, MapValue item) => throw new NotImplementedException();
}
