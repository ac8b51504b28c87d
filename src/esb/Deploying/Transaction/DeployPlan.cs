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

    /// <returns>Null when the result could not be read any more; <paramref name="diagnostics"/> says why.</returns>
    public static FileUpdate? Of(ConfigurationFile file, MergeResult merge, DiagnosticBag diagnostics)
    {
        var after = merge.HasChanges ? ConfigurationDocument.Write(file.Bytes, file.Document, merge.Merged, file.Name, diagnostics) : file.Bytes;
        return after is null ? null : new FileUpdate(file.Name, merge.Changes, file.Exists, file.OnDisk, after);
    }
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
    /// <summary>What it began with; null: what stood in the files.</summary>
    public StartingPoint? Start { get; init; }

    /// <summary>What the templates keep secret; null when it came from no template.</summary>
    public ConcealedTexts? Concealed { get; init; }

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
        if (diagnostics.HasErrors
            || FileUpdate.Of(existing.Resources, resources, diagnostics) is not { } resourcesUpdate
            || FileUpdate.Of(existing.Functions, functions, diagnostics) is not { } functionsUpdate
            || FileUpdate.Of(existing.Routing, routing, diagnostics) is not { } routingUpdate)
            return null;
        return new DeployPlan(
            resourcesUpdate,
            functionsUpdate,
            routingUpdate,
            ByKey(RoutingFile.Read(existing.Routing.Document, [])),
            ByKey(merged.Routing),
            merged.Resources.Tables.Count + merged.Resources.Buckets.Count > 0);
    }

    /// <summary>Where each route leads to, by <c>METHOD /path</c>.</summary>
    public static IReadOnlyDictionary<string, string> ByKey(RoutingFile routing)
    {
        var functions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var route in routing.Routes)
            functions[route.Key] = route.Target;
        return functions;
    }
}
