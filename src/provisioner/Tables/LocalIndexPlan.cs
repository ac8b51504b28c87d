using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tables;

/// <summary>Local indexes are created with their table and cannot be removed without it.</summary>
internal static class LocalIndexPlan
{
    private const string Help = "use a global index, or give the new table another TableName and copy the items";

    public static void Check(PlanBuilder plan, WantedTable wanted, TableState actual)
    {
        foreach (var index in wanted.LocalIndexes)
        {
            var old = actual.LocalIndexes.FirstOrDefault(i => i.Name == index.Name);
            if (old is null)
                plan.Refuse(
                    TableProperty.LocalIndexes,
                    $"local index '{index.Name}' can only be made together with its table",
                    Help);
            else if (!index.HasShapeOf(old))
                plan.Refuse(
                    TableProperty.LocalIndexes,
                    $"local index '{index.Name}' is {old.Shape} and cannot become {index.Shape}",
                    Help);
        }

        foreach (var index in actual.LocalIndexes.Where(a => !wanted.LocalIndexes.Any(w => w.Name == a.Name)))
            plan.Keep(TableProperty.LocalIndexes, $"local index '{index.Name}' is not in the manifest and is kept: "
                + "it cannot be removed without its table");
    }
}
