using System.Collections.Frozen;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Gateway.Routing;

/// <summary>
/// All routes of a snapshot as a trie: built once, never changed, read by any number of requests. The cost of a match depends on the
/// path, not on the number of routes. Paths are matched in their canonical spelling, still percent-encoded.
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

    /// <summary>The routes that are served, in the order of the file.</summary>
    public IReadOnlyList<Route> All { get; }

    public int Count => All.Count;

    /// <summary>The names of the APIs that they belong to.</summary>
    public IReadOnlySet<string> Apis { get; }

    /// <summary>
    /// In whose words a request without a route is answered. On AWS the two kinds of API have different hosts; here one host serves both,
    /// so one REST route makes it REST's 403, otherwise it is HTTP API's 404.
    /// </summary>
    public ApiKind NotFoundKind { get; }

    /// <summary>The same for one path: a path that has routes of other methods only is answered in their words.</summary>
    public ApiKind NotFoundKindAt(ReadOnlySpan<char> path) => TryMatch(path, [], out var other) ? other.Route!.Kind : NotFoundKind;

    /// <summary>Builds a table; what is shadowed or cannot be served is reported as a warning and left out.</summary>
    public static RouteTable Build(IReadOnlyList<RouteDefinition> routes, DiagnosticBag diagnostics) => new RouteTableBuilder(diagnostics).Build(routes);

    /// <summary>Finds the route for a request from its path without query, in the canonical spelling, and its method. Allocates nothing.</summary>
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

    /// <summary>The routes of the pattern that fits a path best, whichever their methods; empty when none does.</summary>
    public IEnumerable<Route> AtPath(ReadOnlySpan<char> path) => TryMatch(path, [], out var match) ? match.Methods!.All : [];
}
