using System.Collections.Immutable;
using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tables;

/// <summary>
/// The plan for global indexes: one call for each index, because UpdateTable accepts one creation or deletion at a
/// time. An index has no data of its own, but queries depend on it, so it is removed only when removal is allowed.
/// </summary>
internal static class GlobalIndexPlan
{
    public static void Add(PlanBuilder plan, WantedTable wanted, TableState actual)
    {
        List<TableIndex> there = [.. actual.GlobalIndexes.Where(index => !Removes(plan, index, wanted, actual))];
        // The type of a key attribute cannot change. The API refuses a call in which definitions are missing or are not
        // used.
        var types = Used(actual, there)
            .Distinct()
            .ToImmutableSortedDictionary(
                a => a, a => actual.Attributes.GetValueOrDefault(a, "S"), StringComparer.Ordinal);
        foreach (var index in wanted.GlobalIndexes.Where(w => !there.Exists(t => t.Name == w.Name)))
        {
            var keys = index.Keys.Select(k => KeyValuePair.Create(k.Attribute, wanted.Attributes[k.Attribute]))
                .ToList();
            var conflict = keys.FirstOrDefault(k => types.TryGetValue(k.Key, out var type) && type != k.Value);
            if (conflict.Key is not null)
            {
                plan.Refuse(
                    TableProperty.Attributes,
                    $"index '{index.Name}' wants '{conflict.Key}' as {conflict.Value}, but it is already a key of type "
                        + $"{types[conflict.Key]}",
                    "an attribute has one type in a table; use another attribute");
                continue;
            }

            types = types.SetItems(keys);
            plan.Add(new AddIndex(index with { Throughput = Throughput(index, wanted, actual) }, types));
        }
    }

    private static bool Removes(PlanBuilder plan, TableIndex old, WantedTable wanted, TableState actual)
    {
        var index = wanted.GlobalIndexes.FirstOrDefault(i => i.Name == old.Name);
        if (index is not null && IsSame(index, old, wanted, actual))
            return false;
        if (plan.Terms.AllowIndexRemoval)
        {
            plan.Add(new RemoveIndex(old.Name));
            return true;
        }

        if (index is null)
        {
            plan.Keep(
                TableProperty.GlobalIndexes,
                $"index '{old.Name}' is not in the manifest and is kept",
                "--allow-index-removal (PROVISION_ALLOW_INDEX_REMOVAL=true) removes it");
        }
        else
        {
            plan.Refuse(
                TableProperty.GlobalIndexes,
                $"index '{old.Name}' is {old.Shape} and cannot become {index.Shape}",
                "give the new index another IndexName, or allow removing the old one with --allow-index-removal "
                    + "(PROVISION_ALLOW_INDEX_REMOVAL=true)");
        }

        return false;
    }

    private static bool IsSame(TableIndex index, TableIndex old, WantedTable wanted, TableState actual) =>
        index.HasShapeOf(old) && index.Keys.All(k => !Differs(k.Attribute, wanted, actual));

    private static bool Differs(string attribute, WantedTable wanted, TableState actual) =>
        actual.Attributes.TryGetValue(attribute, out var type) && type != wanted.Attributes[attribute];

    private static Throughput? Throughput(TableIndex index, WantedTable wanted, TableState actual)
    {
        var billing = wanted.Billing ?? actual.Billing;
        return billing.Provisioned is null ? null : index.Throughput ?? billing.Provisioned;
    }

    private static IEnumerable<string> Used(TableState actual, IReadOnlyList<TableIndex> there) =>
        new[] { actual.Keys }.Concat(actual.LocalIndexes.Select(i => i.Keys))
            .Concat(there.Select(i => i.Keys))
            .SelectMany(keys => keys)
            .Select(k => k.Attribute);
}
