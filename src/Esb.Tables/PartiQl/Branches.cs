using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;

namespace Esb.Tables.PartiQl;

/// <summary>Splits a condition at OR into branches, as far as that is needed to find the keys to read.</summary>
internal static class Branches
{
    private const int Most = 1000;

    /// <summary>Whether every item that meets the condition has one of a fixed list of partition keys.</summary>
    public static bool HaveHash(Condition condition, KeySchema keys) => condition switch
    {
        AllCondition all => all.Conditions.Any(part => HaveHash(part, keys)),
        AnyCondition any => any.Conditions.All(part => HaveHash(part, keys)),
        _ => Conjunction.AllOf(keys.Hash, condition) is not null,
    };

    /// <summary>The branches. Each branch is a list of conditions that must all be true.</summary>
    /// <exception cref="TableException">There are too many branches.</exception>
    public static IReadOnlyList<IReadOnlyList<Condition>> Of(Condition condition, KeySchema keys) => condition switch
    {
        AnyCondition any => Limited(any.Conditions.SelectMany(part => Of(part, keys))),
        AllCondition => OfAll([.. Conjunction.Parts(condition)], keys),
        _ => [[condition]],
    };

    /// <summary>Whether a condition involves the sort key, but no query can apply it.</summary>
    public static bool IsOpaque(Condition condition, KeySchema keys) =>
        Names(condition, keys.Range)
        && condition is NotCondition or ComparisonCondition { Comparison: Comparison.NotEqual };

    private static IReadOnlyList<IReadOnlyList<Condition>> OfAll(Condition[] parts, KeySchema keys)
    {
        var splitHash = parts.Any(part => Conjunction.AllOf(keys.Hash, part) is not null)
            ? null
            : parts.FirstOrDefault(part => HaveHash(part, keys));
        IReadOnlyList<IReadOnlyList<Condition>> branches = [[]];
        foreach (var part in parts)
        {
            var ways = ReferenceEquals(part, splitHash) || (part is AnyCondition && Names(part, keys.Range))
                ? Of(part, keys)
                : [[part]];
            branches = Limited(
                from branch in branches
                from way in ways
                select (IReadOnlyList<Condition>)[.. branch, .. way]);
        }
        return branches;
    }

    private static IReadOnlyList<Condition>[] Limited(IEnumerable<IReadOnlyList<Condition>> branches)
    {
        IReadOnlyList<Condition>[] found = [.. branches.Take(Most + 1)];
        return found.Length <= Most
            ? found
            : throw TableException.Validation("Too many decomposed read operations for a given query.");
    }

    private static bool Names(Condition condition, string? attribute) =>
        attribute is not null && condition.Paths.Any(path => path.Root == attribute);
}
