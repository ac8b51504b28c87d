using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Reports;

/// <summary>
/// The changes of a plan in the documents of <c>--json</c>, the same for a deploy, a comparison and a rollback.
/// </summary>
internal static class ChangeOutputs
{
    public static IReadOnlyList<ChangeOutput> Changes(DeployPlan plan) =>
        [.. plan.Updates.SelectMany(file => file.Changes.Select(change => Of(file.Name, change, plan)))];

    /// <returns>Null when no route is closed.</returns>
    public static IReadOnlyList<ClosedRouteOutput>? Closed(DeployPlan plan) => plan.NewlyClosed.Count == 0 ? null :
    [
        .. plan.NewlyClosed.Select(closed => new ClosedRouteOutput(
            Route: closed.Route.Key,
            Application: closed.Route.Api.Application,
            Reason: closed.Reason)),
    ];

    /// <returns>Null when no routes overlap.</returns>
    public static IReadOnlyList<OverlapOutput>? Overlaps(DeployPlan plan) => plan.Overlaps.Count == 0 ? null :
    [
        .. plan.Overlaps.Select(overlap => new OverlapOutput(
            Route: overlap.Route.Key,
            Order: overlap.IsFirst ? "before" : "behind",
            Other: overlap.Other.Key,
            Application: overlap.Other.Api.Application)),
    ];

    private static ChangeOutput Of(string file, Change change, DeployPlan plan)
    {
        var differences = Difference.Of(change, plan.Concealed);
        return new ChangeOutput(
            File: file,
            Section: change.Section,
            Key: change.Key,
            Kind: change.Kind,
            Stays: change.NotTaken is null ? null : true,
            Differences: differences.Count == 0 ? null : [.. differences.Select(Of)]);
    }

    private static DifferenceOutput Of(Difference difference) => difference.IsSecret
        ? new DifferenceOutput(Path: difference.Path)
        : new ShownDifferenceOutput(Path: difference.Path, Before: difference.Before, After: difference.After);
}
