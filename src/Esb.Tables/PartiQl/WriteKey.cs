using Esb.Tables.Catalog;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>The item that an UPDATE, a DELETE or an EXISTS is about.</summary>
/// <param name="Key">The key attributes.</param>
/// <param name="Rest">What else the item must meet, if anything.</param>
public sealed record WriteKey(MapValue Key, Condition? Rest)
{
    /// <summary>Takes the equalities on the key attributes out of a condition.</summary>
    /// <exception cref="Errors.TableException">The condition does not name exactly one item.</exception>
    public static WriteKey Of(Condition where, KeySchema keys) => throw new NotImplementedException();
}
