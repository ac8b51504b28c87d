using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>
/// A guarded route that a deploy replaces by an open one of another application, so that requests with what the guard asked for reach the other's function; or the URL of a function, by what is
/// no URL.
/// </summary>
/// <param name="Key">As it is written now.</param>
/// <param name="From">The application whose it was; null: somebody wrote it by hand.</param>
/// <param name="By">The application whose it becomes.</param>
/// <param name="IsUrl">It was the URL of a function.</param>
internal sealed record OpenedRoute(string Key, string? From, string By, bool IsUrl)
{
    private const int MostNamed = 10;

    /// <summary>For people.</summary>
    public string Whose => From is null ? " of no application" : $" of application '{From}'";

    /// <param name="changes">Of routing.yml.</param>
    /// <param name="before">The routes that were served, by shape.</param>
    /// <param name="after">Those that are served afterwards.</param>
    public static IReadOnlyList<OpenedRoute> Of(IEnumerable<Change> changes, IReadOnlyDictionary<string, RouteDefinition> before, IReadOnlyDictionary<string, RouteDefinition> after) =>
        [.. changes.Select(c => Of(c, before, after)).OfType<OpenedRoute>()];

    private static OpenedRoute? Of(Change change, IReadOnlyDictionary<string, RouteDefinition> before, IReadOnlyDictionary<string, RouteDefinition> after)
    {
        var from = ApplicationName.Of(change.Before);
        if (change is not { Section: "route", Kind: ChangeKind.Replaced } || ApplicationName.Of(change.After) is not { } taker || taker == from)
            return null;
        var shape = RouteShape.OfName(change.Key);
        if (!before.TryGetValue(shape, out var old) || !after.TryGetValue(shape, out var route))
            return null;
        var isUrl = old.Api.IsFunctionUrl && !route.Api.IsFunctionUrl;
        return OpenRoutes.IsOpen(route) && (isUrl || !OpenRoutes.IsOpen(old)) ? new OpenedRoute(change.Key, from, taker, isUrl) : null;
    }

    /// <summary>A warning for each application that loses some.</summary>
    public static IEnumerable<Diagnostic> Warnings(IEnumerable<OpenedRoute> opened) =>
        from route in opened
        group route by (route.Whose, route.By, route.IsUrl) into some
        let what = (some.Key.IsUrl, isOne: some.Count() == 1) switch { (false, true) => "was guarded", (false, _) => "were guarded", (_, true) => "was the URL of a function", _ => "were URLs of functions" }
        let isOne = some.Count() == 1
        let more = some.Count() > MostNamed ? $" and {some.Count() - MostNamed} more" : ""
        select new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"{string.Join(", ", some.Take(MostNamed).Select(r => r.Key))}{more}{some.Key.Whose} {what}, and {(isOne ? "becomes an open route" : "become open routes")} of application '{some.Key.By}'",
            Help: $"give {(isOne ? "it another path or method" : "them other paths or methods")}, or remove what is there first: esb remove --route '{some.First().Key}'");
}
