using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The targets of a changed route, before and after.</summary>
internal static class RouteTargets
{
    /// <summary>Both targets in one line; null when target and key are unchanged.</summary>
    public static string? Difference(DeployPlan plan, Change change)
    {
        var shape = RouteShape.OfName(change.Key);
        var (before, after) = (plan.RoutesBefore.GetValueOrDefault(shape), plan.RoutesAfter.GetValueOrDefault(shape));
        if (before is null)
            return $"→ {after?.Target}";
        if (after is null)
            return $"was {before.Target}";
        // The names of path parameters do not affect matching, but functions see them.
        var other = before.Key == change.Key ? "" : $" ({before.Key})";
        // Two addresses on one server may have the same text, so the addresses are compared as well.
        return before.Target == after.Target && before.HttpProxy?.Uri == after.HttpProxy?.Uri && other.Length == 0
            ? null
            : $"was {before.Target}{other}, now {after.Target}";
    }

    /// <summary>The previous owner of a route that is taken over, to append to its line; otherwise empty.</summary>
    public static string Taken(DeployPlan plan, Change change) =>
        Takeover.Of(change) is { } taken ? $"; was {TakeoverLines.OwnerText(plan.Origins, taken.From)}" : "";

    /// <summary>The target after the change.</summary>
    public static string? After(DeployPlan plan, Change change) =>
        plan.RoutesAfter.GetValueOrDefault(RouteShape.OfName(change.Key))?.Target;
}
