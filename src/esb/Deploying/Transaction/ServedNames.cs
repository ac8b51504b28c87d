using Esb.Schema.Functions;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>The names of functions and routes of a configuration.</summary>
internal static class ServedNames
{
    /// <returns>Functions, and routes as <c>METHOD /path</c>.</returns>
    public static (IReadOnlyCollection<string> Functions, IReadOnlyCollection<string> Routes) Of(
        ConfigurationFolder configuration) =>
        (
            [.. FunctionsFile.Read(configuration.Functions.Document, []).Functions.Keys],
            [.. RoutingFile.Read(configuration.Routing.Document, []).Routes.Select(r => r.Key)]);
}
