using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>The item that an UPDATE, a DELETE or an EXISTS is about.</summary>
/// <param name="Key">The key attributes.</param>
/// <param name="Rest">What else the item must meet, if anything.</param>
public sealed record WriteKey(MapValue Key, Condition? Rest)
{
    /// <summary>Takes the equalities on the key attributes out of a condition.</summary>
    /// <exception cref="TableException">The condition does not name exactly one item.</exception>
    public static WriteKey Of(Condition where, KeySchema keys)
    {
        var key = new Dictionary<string, AttributeValue>();
        var rest = new List<Condition>();
        foreach (var part in Conjunction.Parts(where))
        {
            if (Conjunction.EqualTo(keys.Hash, part) is { } hash && key.TryAdd(keys.Hash, hash))
                continue;
            if (keys.Range is { } range
                && Conjunction.EqualTo(range, part) is { } sort
                && key.TryAdd(range, sort))
                continue;
            rest.Add(part);
        }
        return key.Count == (keys.Range is null ? 1 : 2)
            ? new WriteKey(new MapValue(key), rest.Count == 0 ? null : new AllCondition(rest))
            : throw StatementErrors.NoKey();
    }
}
