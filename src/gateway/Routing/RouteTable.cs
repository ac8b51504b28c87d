using System.Collections.Frozen;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Gateway.Routing;

/// <summary>
/// All routes of a snapshot as a trie. It is built once, never changes, and is read without locks. The cost of a match
/// depends on the path, not on the number of routes. Paths are matched in their canonical spelling, still
/// percent-encoded.
/// </summary>
internal sealed class RouteTable
{
    private readonly RouteNode _root;
    private readonly RouteMethods? _default;

    internal RouteTable(RouteNode root, RouteMethods? fallback, IReadOnlyList<Route> all)
    {
        _root = root;
        _default = fallback;
        All = all;
        Apis = all.Select(r => r.Api.Name).OfType<string>().ToFrozenSet(StringComparer.Ordinal);
        NotFoundKind = all.Any(r => r.Kind == ApiKind.Rest) ? ApiKind.Rest : ApiKind.Http;
    }

    /// <summary>The served routes, in the order of the file.</summary>
    public IReadOnlyList<Route> All { get; }

    public int Count => All.Count;

    /// <summary>The names of the APIs of these routes.</summary>
    public IReadOnlySet<string> Apis { get; }

    /// <summary>
    /// The kind of API whose error answers a request that matches no route. On AWS the two kinds have different hosts.
    /// Here one host serves both: if any REST route exists, the answer is the 403 of a REST API, otherwise the 404 of
    /// an HTTP API.
    /// </summary>
    public ApiKind NotFoundKind { get; }

    /// <summary>The kind for one path: if the path has routes with other methods, it is their kind.</summary>
    public ApiKind NotFoundKindAt(ReadOnlySpan<char> path) =>
        TryMatch(path, [], out var other) ? other.Route!.Kind : NotFoundKind;

    /// <summary>Builds a table; shadowed and unusable routes are omitted with a warning.</summary>
    public static RouteTable Build(IReadOnlyList<RouteDefinition> routes, DiagnosticBag diagnostics) =>
        new RouteTableBuilder(diagnostics).Build(routes);

    /// <summary>Finds the route for a method and a canonical path without a query. Allocates nothing.</summary>
    public bool TryMatch(ReadOnlySpan<char> path, ReadOnlySpan<char> method, out RouteMatch match)
    {
        if (path is ['/', ..] && new RouteSearch(path, method).Find(_root, out match))
            return true;
        match = default;
        if (_default?.Find(method) is not { } route)
            return false;
        match.Settle(route, _default);
        return true;
    }

    /// <summary>The routes of the best matching pattern, for all methods; empty without a match.</summary>
    public IEnumerable<Route> AtPath(ReadOnlySpan<char> path) =>
        TryMatch(path, [], out var match) ? match.Methods!.All : [];
}
