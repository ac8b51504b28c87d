using System.Collections.Immutable;
using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tables;

/// <summary>
/// The decision for one table: from what is wanted and what is there to the calls that are made. Which property can be changed in
/// place and which needs a new table is what CloudFormation's page of AWS::DynamoDB::Table says. No table is replaced, ever.
/// </summary>
internal static class TablePlan
{
    private const string NewTable = "give the new table another TableName and copy the items, or remove the old table yourself";

    /// <param name="wanted">The manifest.</param>
    /// <param name="actual">Null: there is no such table.</param>
    /// <param name="terms">What the store has, and what is allowed.</param>
    public static ResourcePlan Of(WantedTable wanted, TableState? actual, PlanTerms terms)
    {
        var plan = new PlanBuilder(terms);
        if (actual is null)
        {
            var created = TableCreation.Sent(wanted, terms.Lacking);
            plan.Add(new CreateTable(created));
            AddSettings(plan, wanted, TableCreation.StateAfter(created));
            return plan.Build(creates: true);
        }

        CheckKeys(plan, wanted, actual);
        LocalIndexPlan.Check(plan, wanted, actual);
        BillingPlan.Add(plan, wanted, actual);
        AddSettings(plan, wanted, actual);
        GlobalIndexPlan.Add(plan, wanted, actual);
        return plan.Build(creates: false);
    }

    private static void CheckKeys(PlanBuilder plan, WantedTable wanted, TableState actual)
    {
        if (!wanted.Keys.Equals(actual.Keys))
        {
            plan.Refuse(
                TableProperty.Keys,
                $"KeySchema is {Key.Text(actual.Keys)} and cannot become {Key.Text(wanted.Keys)}: a key belongs to a table for life",
                NewTable);
            return;
        }

        // Local indexes are as old as their table, so their attributes are settled too. A local index that is only wanted is refused
        // as such, and its attributes may belong to a global index that goes.
        var settled = actual.LocalIndexes.SelectMany(i => i.Keys).Concat(actual.Keys).Select(k => k.Attribute).ToHashSet(StringComparer.Ordinal);
        foreach (var attribute in wanted.Keys.Concat(wanted.LocalIndexes.SelectMany(i => i.Keys)).Select(k => k.Attribute).Where(settled.Contains).Distinct())
        {
            if (actual.Attributes.TryGetValue(attribute, out var type) && wanted.Attributes[attribute] != type)
                plan.Refuse(TableProperty.Attributes, $"the key '{attribute}' is of type {type} and cannot become {wanted.Attributes[attribute]}", NewTable);
        }
    }

    private static void AddSettings(PlanBuilder plan, WantedTable wanted, TableState actual)
    {
        AddStream(plan, wanted.Stream, actual.Stream);
        if (wanted.Encryption is { } encryption && !IsSame(encryption, actual.Encryption))
            plan.Add(new SetEncryption(encryption));
        if (wanted.TableClass is { } tableClass && tableClass != actual.TableClass)
            plan.Add(new SetTableClass(actual.TableClass, tableClass));
        if (wanted.DeletionProtection is { } isProtected && isProtected != actual.DeletionProtection)
            plan.Add(new SetDeletionProtection(isProtected));
        AddTimeToLive(plan, wanted.TimeToLive, actual.TimeToLive);
        if (wanted.Recovery is { } recovery && recovery != actual.Recovery)
            plan.Add(new SetRecovery(recovery));
        AddTags(plan, wanted.Tags, actual.Tags);
    }

    private static void AddStream(PlanBuilder plan, StreamSetting? wanted, StreamSetting actual)
    {
        if (wanted is null || wanted == actual)
            return;
        var off = new StreamSetting((string?)null);
        if (actual != off)
            plan.Add(new SetStream(actual, off));
        if (wanted != off)
            plan.Add(new SetStream(off, wanted));
    }

    private static void AddTimeToLive(PlanBuilder plan, TimeToLive? wanted, TimeToLive actual)
    {
        if (wanted is null || wanted == actual)
            return;
        if (actual.Attribute is { } old)
            plan.Add(new SetTimeToLive(old, Enabled: false));
        if (wanted.Attribute is { } attribute)
            plan.Add(new SetTimeToLive(attribute, Enabled: true));
    }

    private static void AddTags(PlanBuilder plan, ImmutableSortedDictionary<string, string>? wanted, ImmutableSortedDictionary<string, string> actual)
    {
        Sequence<KeyValuePair<string, string>> missing = [.. (wanted ?? actual).Where(t => actual.GetValueOrDefault(t.Key) != t.Value)];
        if (missing.Count > 0)
            plan.Add(new SetTableTags(missing));
    }

    // A key is compared only when both sides can be told apart: an alias says nothing about the ARN that the store reports.
    private static bool IsSame(TableEncryption wanted, TableEncryption actual) =>
        wanted.Enabled == actual.Enabled
        && (wanted.Key is null || actual.Key is null || wanted.Key.Contains("alias/", StringComparison.Ordinal) || actual.Key.EndsWith(wanted.Key, StringComparison.Ordinal));
}
