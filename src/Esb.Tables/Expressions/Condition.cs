using Esb.Tables.Catalog;
using Esb.Tables.Values;

namespace Esb.Tables.Expressions;

/// <summary>A condition on an item.</summary>
public abstract record Condition
{
    private protected Condition()
    {
    }

    /// <summary>The paths that the condition reads.</summary>
    public abstract IEnumerable<AttributePath> Paths { get; }

    /// <summary>Whether an item meets the condition. An item that does not exist is <see cref="MapValue.Empty"/>.</summary>
    public abstract bool IsTrue(MapValue item);

    /// <summary>Fails if the condition, the filter of a query, names a key attribute.</summary>
    public void RequireNoKeys(KeySchema keys) => throw new NotImplementedException();
}
