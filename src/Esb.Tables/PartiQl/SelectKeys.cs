using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.Values;

namespace Esb.Tables.PartiQl;

/// <summary>Finds the parts of a table that a SELECT must read.</summary>
internal static class SelectKeys
{
    private const int MostReads = 50;

    /// <summary>The parts, which do not overlap; null if the whole table must be read.</summary>
    /// <exception cref="TableException">
    /// There are too many parts, the parts overlap, or a value has the wrong type.
    /// </exception>
    public static IReadOnlyList<KeyCondition>? Of(Condition? where, KeySchema keys)
    {
        if (where is null || !Branches.HaveHash(where, keys))
            return null;
        var branches = Branches.Of(where, keys);
        var reads = branches.SelectMany(branch => Reads(branch, keys)).Take(MostReads + 1).ToArray();
        if (reads.Length > MostReads)
            throw TableException.Validation("Too many decomposed read operations for a given query.");
        RequireTypes(reads, keys);
        // If a condition cannot be applied by a query, each partition concerned is read once as a whole.
        if (branches.Any(branch => branch.Any(part => Branches.IsOpaque(part, keys))))
        {
            return
            [
                .. reads.Select(read => read.Hash)
                    .Distinct()
                    .Select(hash => new KeyCondition(keys.Hash, hash, null)),
            ];
        }
        RequireNoOverlap(reads);
        return reads;
    }

    /// <summary>Fails if parts of a condition concern the same items. Values of a wrong type are ignored.</summary>
    /// <exception cref="TableException">The parts overlap, or there are too many.</exception>
    public static void RequireNoOverlap(Condition? where, KeySchema keys)
    {
        if (where is null || !Branches.HaveHash(where, keys))
            return;
        RequireNoOverlap([
            .. Branches.Of(where, keys)
                .SelectMany(branch => Reads(branch, keys))
                .Take(MostReads)
                .Where(read => MisfitOf(read, keys) is null)
        ]);
    }

    private static void RequireNoOverlap(KeyCondition[] reads)
    {
        for (var second = 1; second < reads.Length; second++)
        {
            if (reads.Take(second).Any(first => first.Hash.Equals(reads[second].Hash)
                && SortRange.Overlap(first.Sort, reads[second].Sort)))
                throw TableException.Validation(
                    "Overlapping conditions with range keys are not supported in where clause");
        }
    }

    // Returns one read for each value of IN.
    private static IEnumerable<KeyCondition> Reads(IReadOnlyList<Condition> branch, KeySchema keys)
    {
        var hashes = branch.Select(part => Conjunction.AllOf(keys.Hash, part)).First(found => found is not null)!;
        var sorts = branch.Select(part => Conjunction.Sorts(keys, part)).FirstOrDefault(found => found is not null);
        return from hash in hashes
               from sort in sorts ?? [null]
               select new KeyCondition(keys.Hash, hash, sort);
    }

    private static void RequireTypes(KeyCondition[] reads, KeySchema keys)
    {
        if (reads.Select(read => MisfitOf(read, keys)).FirstOrDefault(misfit => misfit is not null) is { } key)
            throw TableException.Validation(
                $"Key attribute's data type should match its data type in table's schema: Key {key}");
    }

    // The key attribute whose value has the wrong type, or null if there is none.
    private static string? MisfitOf(KeyCondition read, KeySchema keys) =>
        read.Hash.Type != keys.HashType ? keys.Hash
        : read.Sort is { } sort && (sort.Value.Type != keys.RangeType
            || (sort.Upper ?? sort.Value).Type != keys.RangeType) ? keys.Range
        : null;
}
