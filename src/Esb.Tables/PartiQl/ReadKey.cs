using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Finds the item that a SELECT reads in a batch or a transaction.</summary>
public static class ReadKey
{
    /// <summary>
    /// The key, if the condition specifies a complete key and nothing else, and null otherwise. IN with a single value
    /// counts as an equality.
    /// </summary>
    /// <exception cref="TableException">Parts of the condition overlap.</exception>
    public static MapValue? Of(Condition? where, KeySchema keys)
    {
        SelectKeys.RequireNoOverlap(where, keys);
        var key = new Dictionary<string, AttributeValue>();
        foreach (var part in Conjunction.Parts(where))
        {
            var (name, values) = Conjunction.OneOf(keys.Hash, part) is { } hashes
                ? (keys.Hash, hashes)
                : (keys.Range, keys.Range is { } range ? Conjunction.OneOf(range, part) : null);
            if (name is null || values is not [var value] || (!key.TryAdd(name, value) && !key[name].Equals(value)))
                return null;
        }
        return key.Count == (keys.Range is null ? 1 : 2) ? new MapValue(key) : null;
    }
}
