using CsCheck;
using Esb.Manifests;
using Esb.Provisioner.Planning;
using Esb.Provisioner.Tables;

namespace Esb.Provisioner.Tests.Planning;

/// <summary>Properties that hold for every pair of a wanted and an actual table.</summary>
public sealed class TablePlanLaws
{
    private static readonly Gen<(WantedTable Wanted, TableState? Actual, PlanTerms Terms)> Cases =
        Gen.Select(Tables.Wanted, Tables.Actual, Gen.Select(
            Tables.Lacking, Gen.Bool, (lacking, allow) => new PlanTerms("the model", lacking, allow)));

    [Test]
    public void An_applied_plan_reaches_the_wanted_state_except_for_its_findings() => Cases.Sample(c =>
    {
        var plan = TablePlan.Of(c.Wanted, c.Actual, c.Terms);
        var after = plan.Changes.Aggregate(c.Actual, TableModel.Apply)!;
        var named = plan.Findings.Where(f => f.Kind != FindingKind.Kept).Select(f => f.Property).ToHashSet();
        return Differences(c.Wanted, after).All(names => names.Any(named.Contains));
    });

    [Test]
    public void A_plan_after_an_applied_plan_is_empty_and_has_the_same_findings() => Cases.Sample(c =>
    {
        var plan = TablePlan.Of(c.Wanted, c.Actual, c.Terms);
        var again = TablePlan.Of(c.Wanted, plan.Changes.Aggregate(c.Actual, TableModel.Apply), c.Terms);
        return again.Changes.Count == 0 && !again.Creates && plan.Findings.Select(f => (f.Kind, f.Property)).ToHashSet()
            .SetEquals(again.Findings.Select(f => (f.Kind, f.Property)));
    });

    [Test]
    public void A_plan_that_is_continued_after_any_of_its_changes_results_in_the_same_table() => Gen.Select(
        Cases, Gen.Int[0, 8]).Sample((c, stop) =>
    {
        var plan = TablePlan.Of(c.Wanted, c.Actual, c.Terms);
        var whole = plan.Changes.Aggregate(c.Actual, TableModel.Apply);
        var half = plan.Changes.Take(stop).Aggregate(c.Actual, TableModel.Apply);
        var rest = TablePlan.Of(c.Wanted, half, c.Terms).Changes.Aggregate(half, TableModel.Apply);
        return Text(rest!) == Text(whole!);
    });

    [Test]
    public void No_plan_loses_a_key_an_item_or_an_index_whose_removal_was_not_allowed() => Cases.Sample(c =>
    {
        if (c.Actual is not { } before)
            return true;
        var plan = TablePlan.Of(c.Wanted, before, c.Terms);
        var after = plan.Changes.Aggregate(c.Actual, TableModel.Apply)!;
        return after.Keys.Equals(before.Keys)
            && after.LocalIndexes.Equals(before.LocalIndexes)
            && before.Tags.Keys.All(after.Tags.ContainsKey)
            && !plan.Changes.OfType<CreateTable>().Any()
            && (c.Terms.AllowIndexRemoval
                || before.GlobalIndexes.All(i => after.GlobalIndexes.Any(a => a.HasShapeOf(i) && a.Name == i.Name)));
    });

    // The differences between a table and the wanted one, each with the properties by which a plan may have reported
    // it.
    private static IEnumerable<string[]> Differences(WantedTable wanted, TableState actual)
    {
        if (!wanted.Keys.Equals(actual.Keys))
            yield return [TableProperty.Keys];
        if (wanted.Attributes.Any(a => actual.Attributes.TryGetValue(a.Key, out var type) && type != a.Value))
            yield return [
                TableProperty.Keys, TableProperty.Attributes, TableProperty.GlobalIndexes, TableProperty.LocalIndexes,
            ];
        if (wanted.Billing is { } billing && billing != actual.Billing)
            yield return [TableProperty.Billing];
        if (wanted.GlobalIndexes.Any(i => !actual.GlobalIndexes.Any(a => a.Name == i.Name && a.HasShapeOf(i))))
            yield return [TableProperty.GlobalIndexes, TableProperty.Attributes];
        if (wanted.LocalIndexes.Any(i => !actual.LocalIndexes.Any(a => a.Name == i.Name && a.HasShapeOf(i))))
            yield return [TableProperty.LocalIndexes];
        if (wanted.Stream is { } stream && stream != actual.Stream)
            yield return [TableProperty.Stream];
        if (wanted.TimeToLive is { } ttl && ttl != actual.TimeToLive)
            yield return [TableProperty.TimeToLive];
        if (wanted.Encryption is { } encryption && encryption.Enabled != actual.Encryption.Enabled)
            yield return [TableProperty.Encryption];
        if (wanted.TableClass is { } tableClass && tableClass != actual.TableClass)
            yield return [TableProperty.Class];
        if (wanted.DeletionProtection is { } isProtected && isProtected != actual.DeletionProtection)
            yield return [TableProperty.DeletionProtection];
        if (wanted.Recovery is { } recovery && recovery != actual.Recovery)
            yield return [TableProperty.Recovery];
        if (wanted.Tags is { } tags && tags.Any(t => actual.Tags.GetValueOrDefault(t.Key) != t.Value))
            yield return [TableProperty.Tags];
    }

    private static string Text(TableState table) => string.Join(
        '\n',
        table.Keys,
        string.Join(',', table.Attributes),
        table.Billing,
        table.GlobalIndexes,
        table.LocalIndexes,
        table.Stream,
        table.TimeToLive,
        table.Encryption,
        table.TableClass,
        table.DeletionProtection,
        table.Recovery,
        string.Join(',', table.Tags));
}
