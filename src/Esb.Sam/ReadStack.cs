using Esb.Sam.Apis;
using Esb.Sam.Apis.Plain;
using Esb.Sam.Functions;
using Esb.Sam.Resolving;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>
/// One template and its nested applications after reading, without APIs and routes, because parts of an API may be in
/// any of them.
/// </summary>
/// <param name="Own">The model of this template alone.</param>
/// <param name="Resources">Its resolved resources.</param>
/// <param name="Functions">Its functions, with their events.</param>
/// <param name="Resolver">The resolver of this template.</param>
/// <param name="Globals">The Globals of this template.</param>
/// <param name="Inner">The nested applications, in order.</param>
internal sealed record ReadStack(
    SamTemplate Own,
    ResourceSet Resources,
    IReadOnlyList<ReadFunction> Functions,
    Resolver Resolver,
    YamlMapping Globals,
    IReadOnlyList<ReadStack> Inner)
{
    private StackContext Context => Resolver.Scope.Context;

    // This template first, then the nested ones at all depths.
    private IEnumerable<ReadStack> Stacks => Inner.SelectMany(i => i.Stacks).Prepend(this);

    /// <summary>
    /// Builds the model of the top template, with everything that its nested applications contribute.
    /// </summary>
    public SamTemplate Finish()
    {
        List<ReadStack> stacks = [.. Stacks];
        var resources = new ResourceSet([.. stacks.SelectMany(s => s.Resources.All)]);
        var plain = new PlainRoutes(resources);
        var named = stacks.SelectMany(s => NamedApis.Of(
            s.Functions, s.Resources.Of(ResourceResolving.StateMachine), s.Context)).ToHashSet(StringComparer.Ordinal);
        var unread = new UnreadGuards([.. stacks.Select(s => (s.Resolver, s.Resources))]);
        List<(ReadStack Stack, ApiSet Apis)> read =
            [.. stacks.Select(s => (s, ApiSet.Read(s.Resources, plain, s.Resolver, s.Globals, named, unread)))];
        var known = new Dictionary<string, Api>(StringComparer.Ordinal);
        foreach (var api in read.SelectMany(r => r.Apis.All))
            known.TryAdd(api.Id, api);
        var events = read
            .SelectMany(r => Events(r.Stack, new EventRoutes(r.Apis, known, r.Stack.Context))
                .Select(route => (r.Stack.Context, Route: route)))
            .ToLookup(e => e.Route.Api!, StringComparer.Ordinal);
        var own = read.SelectMany(
            r => r.Apis.All.SelectMany(api => ApiSet.Routes(api, r.Stack.Context, [.. events[api.Id]])
                .SelectMany(e => api.UnderEachBasePath(e.Route).Select(route => (e.Context, Route: route)))));
        var others = events.Where(e => !known.ContainsKey(e.Key)).SelectMany(e => e);
        var domains = new MutualTls(resources, known, unread.All.Any(g => g.IsOfDomain));
        List<(StackContext Context, SamRoute Route)> routes = [.. new RouteUniqueness(Context.Diagnostics)
            .Of([.. own, .. others.Concat(plain.Unattached(known)).Select(e => (e.Context, unread.Close(e.Route)))])
            .Select(r => (r.Context, KeySources.Close(domains.Close(r.Route), known, r.Context.Diagnostics)))];
        ClosedRouteLines.Add(routes, [.. stacks.Select(s => s.Context.Receipt)]);
        Stages.Note(resources, known);
        PartsOfUnknownApis.Note(resources, known);
        var keys = ApiKeys.Of(resources, [.. read.Select(r => (r.Stack.Context, r.Apis))]);
        var whole = stacks.Skip(1).Aggregate(WithReceipt(), (all, stack) => all.With(stack.WithReceipt()));
        return whole with
        {
            Routes = [.. routes.Select(r => r.Route)],
            ApiKeys = keys,
            GuardedDomains = domains.Domains,
            MappedApis = domains.Mapped,
            UnreadGuards = unread.Elsewhere,
            GuardsDomain = unread.GuardsDomain,
        };
    }

    private static IEnumerable<SamRoute> Events(ReadStack stack, EventRoutes routes) =>
        [
            .. routes.Of(stack.Functions),
            .. stack.Resources.Of(ResourceResolving.StateMachine).SelectMany(routes.OfMachine),
        ];

    private SamTemplate WithReceipt() => Own with { Receipt = Context.Receipt.Lines };
}
