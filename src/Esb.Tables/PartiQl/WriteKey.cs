using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>The item that an UPDATE, a DELETE or an EXISTS concerns.</summary>
/// <param name="Key">The key attributes.</param>
/// <param name="Rest">The rest of the condition, or null if there is none.</param>
public sealed record WriteKey(MapValue Key, Condition? Rest)
{
    /// <summary>Separates the equalities on the key attributes from the rest of a condition.</summary>
    /// <param name="where">The condition.</param>
    /// <param name="keys">The key attributes.</param>
    /// <param name="isCheck">
    /// Whether nothing is written. A second value for a key attribute then stays in the rest of the condition.
    /// </param>
    /// <exception cref="TableException">The condition does not specify exactly one item.</exception>
    public static WriteKey Of(Condition where, KeySchema keys, bool isCheck = false)
    {
        var key = new Dictionary<string, AttributeValue>();
        var rest = new List<Condition>();
        foreach (var part in Conjunction.Parts(where))
        {
            if (KeyIn(part, keys) is not { } found)
            {
                rest.Add(part);
                continue;
            }
            var (name, value) = found;
            if (key.TryAdd(name, value) || key[name].Equals(value))
                continue;
            else if (isCheck)
                rest.Add(part);
            else
                throw TableException.Validation(
                    $"Multiple conditions on same key {name}. Only single item Update/Insert/Delete are supported");
        }
        return key.Count == (keys.Range is null ? 1 : 2)
            ? new WriteKey(new MapValue(key), rest.Count == 0 ? null : new AllCondition(rest))
            : throw StatementErrors.NoKey();
    }

    private static (string Name, AttributeValue Value)? KeyIn(Condition part, KeySchema keys) =>
        Conjunction.EqualTo(keys.Hash, part) is { } hash ? (keys.Hash, hash)
        : keys.Range is { } range && Conjunction.EqualTo(range, part) is { } sort ? (range, sort)
        : null;
}
