using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>
/// A guarded route, or a function URL, that a deploy replaces with an open route of another application. Requests with
/// credentials then reach the other application's function.
/// </summary>
/// <param name="Key">The key of the new route.</param>
/// <param name="From">The application that had it; null when it was written by hand.</param>
/// <param name="By">The application that gets it.</param>
/// <param name="IsUrl">Whether it was a function URL.</param>
internal sealed record OpenedRoute(string Key, string? From, string By, bool IsUrl)
{
    private const int MaxNamed = 10;

    /// <summary>The previous owner, as part of a message.</summary>
    public string OwnerText => From is null ? " of no application" : $" of application '{From}'";

    /// <param name="changes">The changes of routing.yml.</param>
    /// <param name="before">The routes served before, by shape.</param>
    /// <param name="after">The routes served after the change, by shape.</param>
    public static IReadOnlyList<OpenedRoute> Of(
        IEnumerable<Change> changes,
        IReadOnlyDictionary<string, RouteDefinition> before,
        IReadOnlyDictionary<string, RouteDefinition> after) =>
        [.. changes.Select(c => Of(c, before, after)).OfType<OpenedRoute>()];

    private static OpenedRoute? Of(
        Change change,
        IReadOnlyDictionary<string, RouteDefinition> before,
        IReadOnlyDictionary<string, RouteDefinition> after)
    {
        var from = ApplicationName.Of(change.Before);
        if (change is not { Section: "route", Kind: ChangeKind.Replaced }
            || ApplicationName.Of(change.After) is not { } taker
            || taker == from)
            return null;
        var shape = RouteShape.OfName(change.Key);
        if (!before.TryGetValue(shape, out var old) || !after.TryGetValue(shape, out var route))
            return null;
        var isUrl = old.Api.IsFunctionUrl && !route.Api.IsFunctionUrl;
        return OpenRoutes.IsOpen(route) && (isUrl || !OpenRoutes.IsOpen(old))
            ? new OpenedRoute(change.Key, from, taker, isUrl)
            : null;
    }

    /// <summary>One warning for each application that loses such routes.</summary>
    public static IEnumerable<Diagnostic> Warnings(IEnumerable<OpenedRoute> opened) =>
        from route in opened
        group route by (route.OwnerText, route.By, route.IsUrl) into some
        let isOne = some.Count() == 1
        let what = some.Key.IsUrl
            ? isOne ? "was the URL of a function" : "were URLs of functions"
            : isOne ? "was guarded" : "were guarded"
        let more = some.Count() > MaxNamed ? $" and {some.Count() - MaxNamed} more" : ""
        select new Diagnostic(
            Severity.Warning,
            DiagnosticCodes.Shadowed,
            $"{string.Join(", ", some.Take(MaxNamed).Select(r => r.Key))}{more}{some.Key.OwnerText} {what}, "
                + $"and {(isOne ? "becomes an open route" : "become open routes")} of application '{some.Key.By}'",
            Help: $"give {(isOne ? "it another path or method" : "them other paths or methods")}, "
                + $"or first remove what exists: esb remove --route '{some.First().Key}'");
}
