using System.Collections.Immutable;
using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Tables;

/// <summary>
/// The plan for one table: the calls that lead from the current state to the wanted state. CloudFormation's page of
/// AWS::DynamoDB::Table specifies which properties can be changed in place and which need a new table. No table is ever
/// replaced.
/// </summary>
internal static class TablePlan
{
    private const string NewTable =
        "give the new table another TableName and copy the items, or remove the old table yourself";

    /// <param name="wanted">The wanted table.</param>
    /// <param name="actual">The current state; null when the table does not exist.</param>
    /// <param name="terms">What the store supports, and what is allowed.</param>
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
                $"KeySchema is {Key.Text(actual.Keys)} and cannot become {Key.Text(wanted.Keys)}: "
                    + "the key of a table cannot change",
                NewTable);
            return;
        }

        // Local indexes are created with their table, so the types of their key attributes are fixed too. A wanted
        // local index that does not exist is refused elsewhere; its attributes may belong to a global index that is
        // removed.
        var settled = actual.LocalIndexes.SelectMany(i => i.Keys).Concat(actual.Keys).Select(k => k.Attribute)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var attribute in wanted.Keys.Concat(wanted.LocalIndexes.SelectMany(i => i.Keys))
            .Select(k => k.Attribute)
            .Where(settled.Contains)
            .Distinct())
        {
            if (actual.Attributes.TryGetValue(attribute, out var type) && wanted.Attributes[attribute] != type)
                plan.Refuse(
                    TableProperty.Attributes,
                    $"the key '{attribute}' is of type {type} and cannot become {wanted.Attributes[attribute]}",
                    NewTable);
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

    private static void AddTags(
        PlanBuilder plan,
        ImmutableSortedDictionary<string, string>? wanted,
        ImmutableSortedDictionary<string, string> actual)
    {
        Sequence<KeyValuePair<string, string>> missing =
            [.. (wanted ?? actual).Where(t => actual.GetValueOrDefault(t.Key) != t.Value)];
        if (missing.Count > 0)
            plan.Add(new SetTableTags(missing));
    }

    // KMS keys are compared only when both have the same form: an alias cannot be compared with the ARN that the store
    // reports.
    private static bool IsSame(TableEncryption wanted, TableEncryption actual) =>
        wanted.Enabled == actual.Enabled
        && (wanted.Key is null
            || actual.Key is null
            || wanted.Key.Contains("alias/", StringComparison.Ordinal)
            || actual.Key.EndsWith(wanted.Key, StringComparison.Ordinal));
}
