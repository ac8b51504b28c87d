using Esb.Manifests;
using Esb.Provisioner.Planning;

namespace Esb.Provisioner.Converging;

/// <summary>What happened to one resource.</summary>
internal enum Outcome
{
    Unchanged,
    Created,
    Updated,

    /// <summary>The resource cannot be changed to what the manifest wants, and is unchanged.</summary>
    Refused,

    /// <summary>The store refused a change; some changes may have been made.</summary>
    Failed,
}

/// <summary>The planned or achieved result for one resource.</summary>
/// <param name="Noun"><c>table</c> or <c>bucket</c>.</param>
/// <param name="Name">The name of the resource.</param>
/// <param name="Outcome">In a dry run, the planned outcome.</param>
/// <param name="Changes">The changes, in the order in which they are made.</param>
/// <param name="Findings">The differences that were not changed.</param>
/// <param name="Error">Why the resource failed.</param>
internal sealed record ResourceReport(
    string Noun,
    string Name,
    Outcome Outcome,
    IReadOnlyList<Change> Changes,
    IReadOnlyList<Finding> Findings,
    string? Error = null)
{
    public static ResourceReport Of(string noun, string name, ResourcePlan plan) =>
        new(
            noun,
            name,
            plan.IsRefused ? Outcome.Refused : OutcomeOf(plan.Creates, plan.Changes),
            plan.Changes,
            plan.Findings);

    public static Outcome OutcomeOf(bool creates, IReadOnlyList<Change> changes) =>
        creates ? Outcome.Created : changes.Count > 0 ? Outcome.Updated : Outcome.Unchanged;
}
