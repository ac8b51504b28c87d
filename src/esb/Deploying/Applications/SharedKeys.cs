using Esb.Schema.Diagnostics;
using Esb.Schema.Merging;
using Esb.Schema.Routing;

namespace Esb.Cli.Deploying.Applications;

/// <summary>
/// API keys that open more than their template says: two templates of one application, or two versions of one template,
/// have APIs with the same logical id, so that a key of one opens routes of the other.
/// </summary>
internal static class SharedKeys
{
    private const int MaxNamed = 5;

    /// <summary>One warning for each key that opens routes of another deploy.</summary>
    /// <param name="left">Entries of the deployed applications that their templates no longer name.</param>
    /// <param name="changes">The changes of routing.yml.</param>
    /// <param name="routes">The routes served after the deploy, by shape.</param>
    /// <param name="keys">The API keys after the deploy.</param>
    public static IEnumerable<Diagnostic> Warnings(
        IReadOnlyList<ConfigurationEntry> left,
        IReadOnlyList<Change> changes,
        IReadOnlyDictionary<string, RouteDefinition> routes,
        IReadOnlyList<ApiKeyDefinition> keys)
    {
        var (leftKeys, leftRoutes) =
            (Names(left, "API key"), Names(left, "route").Select(RouteShape.OfName).ToHashSet(StringComparer.Ordinal));
        var (newKeys, newRoutes) = (Names(changes, "API key"), Names(changes, "route").Select(RouteShape.OfName)
            .ToHashSet(StringComparer.Ordinal));
        return
        [
            .. from key in keys
               where key.Application is not null
               let isLeft = leftKeys.Contains(NameOf(key))
               where isLeft || newKeys.Contains(NameOf(key))
               let opened = routes.Where(r => r.Value.ApiKeyRequired
                   && (isLeft ? newRoutes : leftRoutes).Contains(r.Key)
                   && key.Opens(r.Value.Api, StageOf(r.Value))).Select(r => r.Value.Key).ToList()
               where opened.Count > 0
               let more = opened.Count > MaxNamed ? $" and {opened.Count - MaxNamed} more" : ""
               select new Diagnostic(
                   Severity.Warning,
                   DiagnosticCodes.Shadowed,
                   isLeft ? $"the API key '{key.Name}' of an earlier deploy, or of another template, "
                       + $"of application '{key.Application}' opens {string.Join(", ", opened.Take(MaxNamed))}{more}"
                       : $"the API key '{key.Name}' opens {string.Join(", ", opened.Take(MaxNamed))}{more} of an "
                           + $"earlier deploy, or of another template, of application '{key.Application}' as well",
                   Help: $"esb deploy --stack {key.Application} --prune removes what the templates no longer name; "
                       + "two templates need different logical ids for their APIs, or separate applications"),
        ];
    }

    private static HashSet<string> Names(IEnumerable<ConfigurationEntry> entries, string section) =>
        entries.Where(e => e.Section == section).Select(e => e.Key).ToHashSet(StringComparer.Ordinal);

    private static HashSet<string> Names(IEnumerable<Change> changes, string section) =>
        changes.Where(c => c is { Kind: ChangeKind.Added or ChangeKind.Replaced } && c.Section == section)
            .Select(c => c.Key)
            .ToHashSet(StringComparer.Ordinal);

    private static string NameOf(ApiKeyDefinition key) => $"{key.Application}/{key.Name}";

    private static string StageOf(RouteDefinition route) =>
        route.Api.Stage ?? (route.Payload == "2.0" ? RoutePattern.Default : "Prod");
}
