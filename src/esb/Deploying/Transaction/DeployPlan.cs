using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What a deploy brings: the documents that were generated from its templates.</summary>
internal sealed record IncomingConfiguration(YamlMapping Resources, YamlMapping Functions, YamlMapping Routing);

/// <summary>One file before and after.</summary>
/// <param name="Name">Its name in the configuration folder.</param>
/// <param name="Changes">What the merge did to each key.</param>
/// <param name="Existed">It was there.</param>
/// <param name="Before">What stood in it; empty when it was not there.</param>
/// <param name="After">What will stand in it.</param>
internal sealed record FileUpdate(string Name, IReadOnlyList<Change> Changes, bool Existed, byte[] Before, byte[] After)
{
    public bool Writes => !Before.AsSpan().SequenceEqual(After);

    public static FileUpdate Of(ConfigurationFile file, MergeResult merge) =>
        new(file.Name, merge.Changes, file.Exists, file.Bytes, merge.HasChanges ? ConfigurationDocument.Write(merge.Merged, file.Bytes) : file.Bytes);
}

/// <summary>What a deploy will write: a pure function of what is there and what comes.</summary>
/// <param name="Resources">resources.yml.</param>
/// <param name="Functions">functions.yml.</param>
/// <param name="Routing">routing.yml.</param>
/// <param name="RoutesBefore">Which function each route led to, by <c>METHOD /path</c>.</param>
/// <param name="RoutesAfter">Which one it leads to afterwards.</param>
/// <param name="HasResources">The merged manifest names a table or a bucket.</param>
internal sealed record DeployPlan(
    FileUpdate Resources,
    FileUpdate Functions,
    FileUpdate Routing,
    IReadOnlyDictionary<string, string> RoutesBefore,
    IReadOnlyDictionary<string, string> RoutesAfter,
    bool HasResources)
{
    /// <summary>In the order in which they are written.</summary>
    public IReadOnlyList<FileUpdate> Updates => [Resources, Functions, Routing];

    public bool Writes => Resources.Writes || Functions.Writes || Routing.Writes;

    /// <summary>By which the gateway says that it serves what this plan wrote.</summary>
    public string Hash => ConfigurationHash.Of(Functions.After, Routing.After);

    /// <returns>Null when the result is not what a gateway would take; the diagnostics say why.</returns>
    public static DeployPlan? Of(ConfigurationFolder existing, IncomingConfiguration incoming, DiagnosticBag diagnostics)
    {
        var resources = ResourcesMerge.Merge(existing.Resources.Document, incoming.Resources);
        var functions = FunctionsMerge.Merge(existing.Functions.Document, incoming.Functions);
        var routing = RoutingMerge.Merge(existing.Routing.Document, incoming.Routing);
        var merged = ConfigurationFolder.Validate(resources.Merged, functions.Merged, routing.Merged, diagnostics);
        CheckLimits(ConfigurationFiles.Resources, resources, diagnostics);
        CheckLimits(ConfigurationFiles.Functions, functions, diagnostics);
        CheckLimits(ConfigurationFiles.Routing, routing, diagnostics);
        if (diagnostics.HasErrors)
            return null;
        return new DeployPlan(
            FileUpdate.Of(existing.Resources, resources),
            FileUpdate.Of(existing.Functions, functions),
            FileUpdate.Of(existing.Routing, routing),
            ByKey(RoutingFile.Read(existing.Routing.Document, [])),
            ByKey(merged.Routing),
            merged.Resources.Tables.Count + merged.Resources.Buckets.Count > 0);
    }

    // Each of two documents may be small enough, and both together too large for any reader.
    private static void CheckLimits(string file, MergeResult merge, DiagnosticBag diagnostics)
    {
        if (merge.HasChanges && DocumentLimits.Problem(merge.Merged) is { } problem)
            diagnostics.Add(new Diagnostic(Severity.Error, DiagnosticCodes.YamlLimit, $"{file} would be too large: {problem}; nothing was changed", Help: "deploy less at once, or into two environments with a gateway each"));
    }

    private static Dictionary<string, string> ByKey(RoutingFile routing)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var route in routing.Routes)
            functions[route.Key] = route.Function;
        return functions;
    }
}
