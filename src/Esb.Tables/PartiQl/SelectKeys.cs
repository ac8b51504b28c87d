using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Finds the parts of a table that a SELECT must read.</summary>
internal static class SelectKeys
{
    /// <summary>The parts, in order and without overlap; null if everything must be read.</summary>
    /// <exception cref="TableException">A value has another type than its key.</exception>
    public static IReadOnlyList<KeyCondition>? Of(Condition? where, KeySchema keys)
    {
        if (where is AnyCondition any)
            return OfBranches(any, keys);
        Condition[] parts = [.. Conjunction.Parts(where)];
        if (Hashes(parts, keys) is not { } hashes)
            return null;
        var sort = parts.Select(part => Conjunction.Sort(keys, part)).FirstOrDefault(found => found is not null);
        return [.. hashes.Select(hash => new KeyCondition(keys.Hash, hash, sort))];
    }

    // Each partition that a branch names is read whole, and once.
    private static IReadOnlyList<KeyCondition>? OfBranches(AnyCondition any, KeySchema keys)
    {
        var hashes = new List<AttributeValue>();
        foreach (var branch in any.Conditions)
        {
            if (Hashes([.. Conjunction.Parts(branch)], keys) is not { } found)
                return null;
            hashes.AddRange(found);
        }
        return [.. hashes.Distinct().Select(hash => new KeyCondition(keys.Hash, hash, null))];
    }

    private static IReadOnlyList<AttributeValue>? Hashes(Condition[] parts, KeySchema keys)
    {
        var hashes = parts.Select(part => Conjunction.OneOf(keys.Hash, part))
            .FirstOrDefault(found => found is not null);
        if (hashes is not null && hashes.Any(hash => hash.Type != keys.HashType))
            throw TableException.Validation(
                "One or more parameter values were invalid: Condition parameter type does not match schema type");
        return hashes;
    }
}
