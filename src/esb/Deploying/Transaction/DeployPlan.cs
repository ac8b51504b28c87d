using Esb.Cli.Deploying.Applications;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Merging;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>The configuration of a deploy: the documents generated from its templates.</summary>
internal sealed record IncomingConfiguration : ConfigurationDocuments
{
    /// <param name="documents">The documents of all templates together.</param>
    public IncomingConfiguration(ConfigurationDocuments documents)
        : base(documents)
    {
    }

    public IncomingConfiguration(YamlMapping resources, YamlMapping functions, YamlMapping routing)
        : base(resources, functions, routing)
    {
    }

    /// <summary>The templates of each application, as the user named them; empty when unknown.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Sources { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Its applications, in the order of the templates.</summary>
    public IReadOnlyList<string> Applications =>
        [.. Entries.Select(e => e.Application).OfType<string>().Distinct(StringComparer.Ordinal)];
}

/// <summary>One of the three files before and after a change.</summary>
/// <param name="Name">Its name in the configuration folder.</param>
/// <param name="Changes">The change of each key by the merge.</param>
/// <param name="Existed">Whether it existed.</param>
/// <param name="Before">Its previous content; empty when it was absent.</param>
/// <param name="After">Its new content.</param>
internal sealed record FileUpdate(string Name, IReadOnlyList<Change> Changes, bool Existed, byte[] Before, byte[] After)
{
    public bool Writes => !Before.AsSpan().SequenceEqual(After);

    /// <returns>Null when the result would be unreadable; <paramref name="diagnostics"/> says why.</returns>
    public static FileUpdate? Of(ConfigurationFile file, MergeResult merge, DiagnosticBag diagnostics)
    {
        var after = merge.HasChanges
            ? ConfigurationDocument.Write(file.Bytes, file.Document, merge.Merged, file.Name, diagnostics)
            : file.Bytes;
        return after is null ? null : new FileUpdate(file.Name, merge.Changes, file.Exists, file.OnDisk, after);
    }
}

/// <summary>
/// The changes that a deploy will write: a pure function of the existing and the incoming configuration.
/// </summary>
/// <param name="Updates">The files, in the order in which they are written.</param>
/// <param name="RoutesBefore">The routes served before, by their <see cref="RouteShape"/>.</param>
/// <param name="RoutesAfter">The routes served afterwards.</param>
/// <param name="HasResources">Whether the merged manifest names a table or a bucket.</param>
internal sealed record DeployPlan(
    IReadOnlyList<FileUpdate> Updates,
    IReadOnlyDictionary<string, RouteDefinition> RoutesBefore,
    IReadOnlyDictionary<string, RouteDefinition> RoutesAfter,
    bool HasResources)
{
    /// <summary>The starting point; null when it is the content of the files.</summary>
    public StartingPoint? Start { get; init; }

    /// <summary>The origin and time of each application from which something is taken over.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>();

    /// <summary>The entries that it takes over from other applications.</summary>
    public IEnumerable<Takeover> Takeovers => Updates.SelectMany(u => u.Changes).Select(Takeover.Of).OfType<Takeover>();

    /// <summary>The routes that it closes.</summary>
    public IReadOnlyList<RouteWithoutFunction> NewlyClosed { get; init; } = [];

    /// <summary>The guarded routes of other applications that it opens.</summary>
    public IReadOnlyList<OpenedRoute> Opened { get; init; } = [];

    /// <summary>The overlaps of its routes with those of other applications.</summary>
    public IReadOnlyList<Overlap> Overlaps { get; init; } = [];

    /// <summary>Its defaults that apply to the functions of other applications too.</summary>
    public IReadOnlyList<string> DefaultsOfOthers { get; init; } = [];

    /// <summary>The warnings that a strict deploy refuses.</summary>
    public IReadOnlyList<Diagnostic> Doubts { get; init; } = [];

    /// <summary>Warnings about keys of the files that have no effect.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>All functions afterwards, by name.</summary>
    public IReadOnlyDictionary<string, FunctionDefinition> FunctionsAfter { get; init; } =
        new Dictionary<string, FunctionDefinition>();

    /// <summary>The secret values of the templates; null without templates.</summary>
    public ConcealedTexts? Concealed { get; init; }

    /// <summary>resources.yml.</summary>
    public FileUpdate Resources => this[DocumentKind.Resources];

    /// <summary>functions.yml.</summary>
    public FileUpdate Functions => this[DocumentKind.Functions];

    /// <summary>routing.yml.</summary>
    public FileUpdate Routing => this[DocumentKind.Routing];

    /// <summary>Whether it changes a file.</summary>
    public bool Writes => Updates.Any(u => u.Writes);

    private FileUpdate this[DocumentKind kind] => Updates.First(u => u.Name == kind.Name);

    /// <summary>The hash that a gateway reports when it serves this plan.</summary>
    public string Hash => ConfigurationHash.Of(Functions.After, Routing.After);

    /// <summary>
    /// Entries of the deployed applications that their templates no longer name and that stay served.
    /// </summary>
    public IReadOnlyList<ConfigurationEntry> Left { get; init; } = [];

    /// <param name="existing">The current configuration.</param>
    /// <param name="incoming">The incoming configuration.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    /// <param name="prune">
    /// Whether to remove entries of the deployed applications that their templates no longer name.
    /// </param>
    /// <returns>Null when a gateway would refuse the result; the diagnostics say why.</returns>
    public static DeployPlan? Of(
        ConfigurationFolder existing, IncomingConfiguration incoming, DiagnosticBag diagnostics, bool prune = false)
    {
        var owned = FunctionOwners.OfDeploy(existing.Functions.Document, incoming);
        var merges = DocumentKind.All.ToDictionary(k => k, k => k.Merge(existing[k].Document, owned[k]));
        var left = NoLongerNamed(Merged(merges).Entries, incoming);
        if (prune && left.Count > 0)
            merges = merges.ToDictionary(m => m.Key, m => Pruned(m.Key, m.Value, existing[m.Key].Document, left));
        var (resources, functions, routing) = Merged(merges).Read(diagnostics);
        if (diagnostics.HasErrors)
            return null;
        var updates = DocumentKind.All.Select(k => FileUpdate.Of(existing[k], merges[k], diagnostics))
            .OfType<FileUpdate>()
            .ToList();
        if (updates.Count < DocumentKind.All.Count)
            return null;
        var before = RoutingFile.Read(existing.Routing.Document, []);
        var plan = new DeployPlan(updates, ByShape(before), ByShape(routing), HasStores(resources))
        {
            Left = prune ? [] : left,
        };
        return Completed(plan, existing, incoming, functions, routing.ApiKeys);
    }

    /// <summary>Whether a manifest names a table or a bucket.</summary>
    public static bool HasStores(ResourcesFile resources) => resources.Tables.Count + resources.Buckets.Count > 0;

    private static ConfigurationDocuments Merged(Dictionary<DocumentKind, MergeResult> merges) =>
        ConfigurationDocuments.Of(k => merges[k].Merged);

    // Adds what the changes close, open and overlap, and the warnings about it.
    private static DeployPlan Completed(
        DeployPlan plan,
        ConfigurationFolder existing,
        IncomingConfiguration incoming,
        FunctionsFile functions,
        IReadOnlyList<ApiKeyDefinition> keys)
    {
        plan = plan with
        {
            FunctionsAfter = functions.Functions,
            NewlyClosed = NewlyClosedRoutes.Of(
                plan.RoutesBefore,
                existing.Functions.Document,
                plan.RoutesAfter,
                functions.Functions),
            Opened = OpenedRoute.Of(plan.Routing.Changes, plan.RoutesBefore, plan.RoutesAfter),
            Overlaps = Applications.Overlaps.Of(plan.Routing.Changes, plan.RoutesAfter),
            DefaultsOfOthers = SharedDefaults.ReachingOthers(
                plan.Functions.Changes, existing.Functions.Document, incoming.Applications),
        };
        var named = incoming.Entries.ToLookup(e => e.Section, StringComparer.Ordinal);
        return plan with
        {
            Doubts =
            [
                .. NewlyClosedRoutes.Warnings(plan.NewlyClosed),
                .. Applications.Overlaps.Warnings(plan.Overlaps),
                .. OpenedRoute.Warnings(plan.Opened),
                .. UncoveredRoute.Warnings(UncoveredRoute.Of(
                    plan.Routing.Changes, plan.RoutesBefore, plan.RoutesAfter)),
                .. OpenRoutes.Warnings(
                    plan.Left,
                    named["route"].Select(e => RouteShape.OfName(e.Key)).ToHashSet(StringComparer.Ordinal),
                    plan.RoutesAfter,
                    named["function"].Select(e => e.Key).ToHashSet(StringComparer.Ordinal)),
                .. SharedKeys.Warnings(plan.Left, plan.Routing.Changes, plan.RoutesAfter, keys),
                .. SharedDefaults.Warnings(plan.Functions.Changes, plan.DefaultsOfOthers),
            ],
        };
    }

    private static IReadOnlyList<ConfigurationEntry> NoLongerNamed(
        IReadOnlyList<ConfigurationEntry> merged, IncomingConfiguration incoming)
    {
        var applications = incoming.Applications;
        var named = incoming.Entries.Select(e => (e.Section, e.Key)).ToHashSet();
        return [.. merged.Where(e => e.Application is { } application
            && applications.Contains(application)
            && !named.Contains((e.Section, e.Key)))];
    }

    private static MergeResult Pruned(
        DocumentKind kind, MergeResult merge, YamlMapping before, IReadOnlyList<ConfigurationEntry> left)
    {
        var rest = kind.Remove(merge.Merged, entry => left.Any(l => l.IsSame(entry)));
        var gone = kind.Compare(before, rest).Where(c => c.Kind == ChangeKind.Removed);
        return merge with { Merged = rest, Changes = [.. merge.Changes, .. gone] };
    }

    /// <summary>The routes that a gateway serves: of several routes for the same requests, the last one.</summary>
    public static IReadOnlyDictionary<string, RouteDefinition> ByShape(RoutingFile routing)
    {
        var routes = new Dictionary<string, RouteDefinition>(StringComparer.Ordinal);
        foreach (var route in routing.Routes)
            routes[route.Shape] = route;
        return routes;
    }
}
