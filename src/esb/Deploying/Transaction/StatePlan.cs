using Esb.Cli.Deploying.Applications;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The plan from one state of the three files to another. Unlike the plan of a deploy, it removes what the new state
/// does not have.
/// </summary>
internal static class StatePlan
{
    // A gateway takes a missing or empty file for an accident (decision 15).
    private static readonly byte[] Nothing = [.. "{}\n"u8];

    /// <param name="before">The current state, which may be damaged.</param>
    /// <param name="after">The new state, which is valid.</param>
    public static DeployPlan Between(ConfigurationFolder before, ConfigurationFolder after)
    {
        var routesBefore = DeployPlan.ByShape(RoutingFile.Read(before.Routing.Document, []));
        var (resources, functions, routing) = after.Documents.Read([]);
        var routesAfter = DeployPlan.ByShape(routing);
        IReadOnlyList<FileUpdate> updates = [.. DocumentKind.All.Select(k => Update(k, before[k], after[k]))];
        var plan = new DeployPlan(updates, routesBefore, routesAfter, DeployPlan.HasStores(resources));
        var uncovered = UncoveredRoute.Of(plan.Routing.Changes, routesBefore, routesAfter);
        return plan with
        {
            NewlyClosed = NewlyClosedRoutes.Of(
                routesBefore,
                before.Functions.Document,
                routesAfter,
                functions.Functions),
            Doubts = [.. UncoveredRoute.Warnings(uncovered)],
        };
    }

    private static FileUpdate Update(DocumentKind kind, ConfigurationFile before, ConfigurationFile after)
    {
        var bytes = after.Bytes.Length == 0 && before.Bytes.Length > 0 ? Nothing : after.Bytes;
        return new FileUpdate(
            kind.Name, kind.Compare(before.Document, after.Document), before.Exists, before.OnDisk, bytes);
    }
}
