using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tables;

/// <summary>
/// The billing mode and the throughput: one call for the table and all its indexes, as UpdateTable requires.
/// </summary>
internal static class BillingPlan
{
    public static void Add(PlanBuilder plan, WantedTable wanted, TableState actual)
    {
        if (wanted.Billing is not { } billing)
            return;
        if (billing.Provisioned is null)
        {
            if (actual.Billing.Provisioned is not null)
                plan.Add(new SetBilling(actual.Billing, billing, []));
            return;
        }

        // A table that becomes provisioned needs a throughput for every existing index, whether or not the index is
        // wanted.
        var becomes = actual.Billing.Provisioned is null;
        Sequence<IndexThroughput> indexes =
        [
            .. from index in actual.GlobalIndexes
               let named = wanted.GlobalIndexes.FirstOrDefault(i => i.Name == index.Name)?.Throughput
               let to = becomes ? named ?? billing.Provisioned : named
               where to is not null && (becomes || to != index.Throughput)
               select new IndexThroughput(index.Name, to),
        ];
        var table = billing == actual.Billing ? null : billing;
        if (table is not null || indexes.Count > 0)
            plan.Add(new SetBilling(actual.Billing, table, indexes));
    }
}
