using Esb.Cli.Deploying.Applications;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>The way from one state of the three files to another, in the form of a deploy's plan. Unlike a deploy it takes away too.</summary>
internal static class StatePlan
{
    // A gateway takes a file that vanishes, or has no bytes, for an accident (decision 15).
    private static readonly byte[] Nothing = [.. "{}\n"u8];

    /// <param name="before">What is there; may be damaged.</param>
    /// <param name="after">What is to be there, valid.</param>
    public static DeployPlan Between(ConfigurationFolder before, ConfigurationFolder after)
    {
        var routesBefore = DeployPlan.ByShape(RoutingFile.Read(before.Routing.Document, []));
        var (resources, functions, routing) = ConfigurationFolder.Validate(after.Resources.Document, after.Functions.Document, after.Routing.Document, []);
        var routesAfter = DeployPlan.ByShape(routing);
        var routes = DocumentComparison.Routing(before.Routing.Document, after.Routing.Document);
        return new DeployPlan(
            Update(before.Resources, after.Resources, DocumentComparison.Resources(before.Resources.Document, after.Resources.Document)),
            Update(before.Functions, after.Functions, DocumentComparison.Functions(before.Functions.Document, after.Functions.Document)),
            Update(before.Routing, after.Routing, routes),
            routesBefore,
            routesAfter,
            resources.Tables.Count + resources.Buckets.Count > 0)
        {
            Closed = Closings.Of(routesBefore, before.Functions.Document, routesAfter, functions.Functions),
            Doubts = [.. UncoveredRoute.Warnings(UncoveredRoute.Of(routes, routesBefore, routesAfter))],
        };
    }

    private static FileUpdate Update(ConfigurationFile before, ConfigurationFile after, IReadOnlyList<Change> changes) =>
        new(before.Name, changes, before.Exists, before.OnDisk, after.Bytes.Length == 0 && before.Bytes.Length > 0 ? Nothing : after.Bytes);
}
