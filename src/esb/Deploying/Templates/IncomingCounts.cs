using Esb.Cli.Deploying.Transaction;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Templates;

/// <summary>What templates describe, in one line: <c>3 functions, 5 routes, 1 table, 1 schedule</c>.</summary>
internal static class IncomingCounts
{
    public static string Of(IncomingConfiguration incoming)
    {
        var (resources, functions, routing) = ConfigurationFolder.Validate(incoming.Resources, incoming.Functions, incoming.Routing, []);
        return Of(resources, functions, routing);
    }

    private static string Of(ResourcesFile resources, FunctionsFile functions, RoutingFile routing)
    {
        (int Count, string Noun)[] counts =
        [
            (functions.Functions.Count, "function"),
            (routing.Routes.Count, "route"),
            (resources.Tables.Count, "table"),
            (resources.Buckets.Count, "bucket"),
            (resources.Layers.Count, "layer"),
            (functions.Functions.Values.Sum(f => f.Schedules.Count), "schedule"),
        ];
        var parts = counts.Where(c => c.Count > 0).Select(c => Counted(c.Count, c.Noun)).ToList();
        return parts.Count == 0 ? "nothing to deploy" : string.Join(", ", parts);
    }

    public static string Counted(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";
}
