using Esb.Cli.Deploying.Applications;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Merging;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>What a deploy brings: the documents that were generated from its templates.</summary>
internal sealed record IncomingConfiguration : ConfigurationDocuments
{
    /// <param name="documents">Of all templates together.</param>
    public IncomingConfiguration(ConfigurationDocuments documents)
        : base(documents)
    {
    }

    public IncomingConfiguration(YamlMapping resources, YamlMapping functions, YamlMapping routing)
        : base(resources, functions, routing)
    {
    }

    /// <summary>By application, its templates as the user named them; empty when they are not here.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The applications of what it brings, in the order in which they are named.</summary>
    public IReadOnlyList<string> Applications => [.. Entries.Select(e => e.Application).OfType<string>().Distinct(StringComparer.Ordinal)];
}

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
/// <param name="Updates">The files, in the order in which they are written.</param>
/// <param name="RoutesBefore">Each route that was served, by its <see cref="RouteShape"/>.</param>
/// <param name="RoutesAfter">Those that are served afterwards.</param>
/// <param name="HasResources">The merged manifest names a table or a bucket.</param>
internal sealed record DeployPlan(
    IReadOnlyList<FileUpdate> Updates,
    IReadOnlyDictionary<string, RouteDefinition> RoutesBefore,
    IReadOnlyDictionary<string, RouteDefinition> RoutesAfter,
    bool HasResources)
{
    /// <summary>What it began with; null: what stood in the files.</summary>
    public StartingPoint? Start { get; init; }

    /// <summary>By application, where it came from and when; for those of which something is taken over.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>();

    /// <summary>What other applications had and this deploy takes.</summary>
    public IEnumerable<Takeover> Takeovers => Updates.SelectMany(u => u.Changes).Select(Takeover.Of).OfType<Takeover>();

    /// <summary>Routes that were open and are closed by it.</summary>
    public IReadOnlyList<ClosedRoute> Closed { get; init; } = [];

    /// <summary>Guarded routes of others that it opens.</summary>
    public IReadOnlyList<OpenedRoute> Opened { get; init; } = [];

    /// <summary>Requests that fit its routes and those of other applications.</summary>
    public IReadOnlyList<Overlap> Overlaps { get; init; } = [];

    /// <summary>Defaults that it brings for the functions of other applications too.</summary>
    public IReadOnlyList<string> DefaultsOfOthers { get; init; } = [];

    /// <summary>What a strict deploy does not do.</summary>
    public IReadOnlyList<Diagnostic> Doubts { get; init; } = [];

    /// <summary>What stands in the files and nobody reads.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>What the templates keep secret; null when it came from no template.</summary>
    public ConcealedTexts? Concealed { get; init; }

    /// <summary>resources.yml.</summary>
    public FileUpdate Resources => this[DocumentKind.Resources];

    /// <summary>functions.yml.</summary>
    public FileUpdate Functions => this[DocumentKind.Functions];

    /// <summary>routing.yml.</summary>
    public FileUpdate Routing => this[DocumentKind.Routing];

    /// <summary>A file is different afterwards.</summary>
    public bool Writes => Updates.Any(u => u.Writes);

    private FileUpdate this[DocumentKind kind] => Updates.First(u => u.Name == kind.Name);

    /// <summary>By which the gateway says that it serves what this plan wrote.</summary>
    public string Hash => ConfigurationHash.Of(Functions.After, Routing.After);

    /// <summary>What the applications of the deploy had and no longer name, and is served all the same.</summary>
    public IReadOnlyList<ConfigurationEntry> Left { get; init; } = [];

    /// <param name="existing">What is there.</param>
    /// <param name="incoming">What comes.</param>
    /// <param name="diagnostics">Says why there is no plan.</param>
    /// <param name="prune">What the applications of the deploy had and no longer name goes.</param>
    /// <returns>Null when the result is not what a gateway would take; the diagnostics say why.</returns>
    public static DeployPlan? Of(ConfigurationFolder existing, IncomingConfiguration incoming, DiagnosticBag diagnostics, bool prune = false)
    {
        var owned = FunctionOwners.OfDeploy(existing.Functions.Document, incoming);
        var merges = DocumentKind.All.ToDictionary(k => k, k => k.Merge(existing[k].Document, owned[k]));
        var left = NoLongerNamed(Merged(merges).Entries, incoming);
        if (prune && left.Count > 0)
            merges = merges.ToDictionary(m => m.Key, m => Pruned(m.Key, m.Value, existing[m.Key].Document, left));
        var (resources, functions, routing) = Merged(merges).Read(diagnostics);
        if (diagnostics.HasErrors)
            return null;
        var updates = DocumentKind.All.Select(k => FileUpdate.Of(existing[k], merges[k], diagnostics)).OfType<FileUpdate>().ToList();
        if (updates.Count < DocumentKind.All.Count)
            return null;
        var before = RoutingFile.Read(existing.Routing.Document, []);
        var plan = new DeployPlan(updates, ByShape(before), ByShape(routing), HasStores(resources)) { Left = prune ? [] : left };
        return Completed(plan, existing, incoming, functions, routing.ApiKeys);
    }

    /// <summary>Whether a manifest names something that is made in a store.</summary>
    public static bool HasStores(ResourcesFile resources) => resources.Tables.Count + resources.Buckets.Count > 0;

    private static ConfigurationDocuments Merged(Dictionary<DocumentKind, MergeResult> merges) =>
        ConfigurationDocuments.Of(k => merges[k].Merged);

    // What is to be said of it beside what it changes.
    private static DeployPlan Completed(DeployPlan plan, ConfigurationFolder existing, IncomingConfiguration incoming, FunctionsFile functions, IReadOnlyList<ApiKeyDefinition> keys)
    {
        plan = plan with
        {
            Closed = Closings.Of(plan.RoutesBefore, existing.Functions.Document, plan.RoutesAfter, functions.Functions),
            Opened = OpenedRoute.Of(plan.Routing.Changes, plan.RoutesBefore, plan.RoutesAfter),
            Overlaps = Applications.Overlaps.Of(plan.Routing.Changes, plan.RoutesAfter),
            DefaultsOfOthers = SharedDefaults.ReachingOthers(plan.Functions.Changes, existing.Functions.Document, incoming.Applications),
        };
        var named = incoming.Entries.ToLookup(e => e.Section, StringComparer.Ordinal);
        return plan with
        {
            Doubts =
            [
                .. Closings.Warnings(plan.Closed),
                .. Applications.Overlaps.Warnings(plan.Overlaps),
                .. OpenedRoute.Warnings(plan.Opened),
                .. UncoveredRoute.Warnings(UncoveredRoute.Of(plan.Routing.Changes, plan.RoutesBefore, plan.RoutesAfter)),
                .. OpenRoutes.Warnings(plan.Left, named["route"].Select(e => RouteShape.OfName(e.Key)).ToHashSet(StringComparer.Ordinal), plan.RoutesAfter, named["function"].Select(e => e.Key).ToHashSet(StringComparer.Ordinal)),
                .. SharedKeys.Warnings(plan.Left, plan.Routing.Changes, plan.RoutesAfter, keys),
                .. SharedDefaults.Warnings(plan.Functions.Changes, plan.DefaultsOfOthers),
            ],
        };
    }

    private static IReadOnlyList<ConfigurationEntry> NoLongerNamed(IReadOnlyList<ConfigurationEntry> merged, IncomingConfiguration incoming)
    {
        var applications = incoming.Applications;
        var named = incoming.Entries.Select(e => (e.Section, e.Key)).ToHashSet();
        return [.. merged.Where(e => e.Application is { } application && applications.Contains(application) && !named.Contains((e.Section, e.Key)))];
    }

    private static MergeResult Pruned(
        DocumentKind kind, MergeResult merge, YamlMapping before, IReadOnlyList<ConfigurationEntry> left)
    {
        var rest = kind.Remove(merge.Merged, entry => left.Any(l => l.IsSame(entry)));
        var gone = kind.Compare(before, rest).Where(c => c.Kind == ChangeKind.Removed);
        return merge with { Merged = rest, Changes = [.. merge.Changes, .. gone] };
    }

    /// <summary>The routes that a gateway serves of these: of several that take the same requests the last one.</summary>
    public static IReadOnlyDictionary<string, RouteDefinition> ByShape(RoutingFile routing)
    {
        var routes = new Dictionary<string, RouteDefinition>(StringComparer.Ordinal);
        foreach (var route in routing.Routes)
            routes[route.Shape] = route;
        return routes;
    }
}
