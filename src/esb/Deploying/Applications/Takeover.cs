using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>What was one application's and becomes another's: the later deploy wins, and says so.</summary>
/// <param name="Change">What is replaced.</param>
/// <param name="From">The application whose it was.</param>
/// <param name="By">The application whose it becomes.</param>
internal sealed record Takeover(Change Change, string From, string By)
{
    private const int MostNamed = 10;

    /// <summary>Of one change; null when it takes nothing from anybody. What says no application is nobody's, and is not taken.</summary>
    public static Takeover? Of(Change change) =>
        change.Kind == ChangeKind.Replaced && ApplicationName.Of(change.Before) is { } from && ApplicationName.Of(change.After) is { } by && from != by
            ? new Takeover(change, from, by)
            : null;

    /// <summary>
    /// A warning for each application whose guarded routes another one takes over and leaves open: requests with what the guard asked for reach the other's function.
    /// </summary>
    /// <param name="taken">All that is taken.</param>
    /// <param name="before">The routes that were served, by shape.</param>
    /// <param name="after">Those that are served afterwards.</param>
    public static IEnumerable<Diagnostic> Opened(IEnumerable<Takeover> taken, IReadOnlyDictionary<string, RouteDefinition> before, IReadOnlyDictionary<string, RouteDefinition> after) =>
        from takeover in taken
        where takeover.Change.Section == "route"
        let shape = RouteShape.OfName(takeover.Change.Key)
        where before.TryGetValue(shape, out var old) && !OpenRoutes.IsOpen(old) && after.TryGetValue(shape, out var route) && OpenRoutes.IsOpen(route)
        group takeover.Change.Key by (takeover.From, takeover.By) into some
        let isOne = some.Count() == 1
        let more = some.Count() > MostNamed ? $" and {some.Count() - MostNamed} more" : ""
        select new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"{string.Join(", ", some.Take(MostNamed))}{more} of application '{some.Key.From}' {(isOne ? "was" : "were")} guarded, and {(isOne ? "becomes an open route" : "become open routes")} of application '{some.Key.By}'",
            Help: $"give {(isOne ? "it another path or method" : "them other paths or methods")}, or remove {(isOne ? "it" : "them")} from '{some.Key.From}' first");
}
