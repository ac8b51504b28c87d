namespace Esb.Gateway.Routing;

/// <summary>
/// A search in the trie. At each segment the literal branch is tried before the parameter, with backtracking. A full
/// match takes precedence over every greedy match, even one with more literal segments. The default route of a base
/// path comes last; at the base path itself it is a full match. Source: API Gateway, "Routing API requests", for HTTP
/// APIs; REST APIs are treated the same way.
/// </summary>
/// <remarks>
/// The work is bounded by the number of nodes whose pattern matches a prefix of the path. This is at most 2 to the
/// power of the number of segments, and never more than the number of all nodes. Unless a literal and a parameter occur
/// at the same position, the work is one step per segment.
/// </remarks>
internal ref struct RouteSearch
{
    private readonly ReadOnlySpan<char> _path;
    private readonly ReadOnlySpan<char> _method;
    private readonly int _end;
    private RouteMatch _match;
    private RouteMatch _greedy;

    /// <param name="path">The path, with its leading slash, still percent-encoded.</param>
    /// <param name="method">The method; empty for any method.</param>
    public RouteSearch(ReadOnlySpan<char> path, ReadOnlySpan<char> method)
    {
        _path = path;
        _method = method;
        // Both kinds of API match /orders/ with the route /orders; in neither can a parameter be an empty segment.
        _end = path.Length > 1 && path[^1] == '/' ? path.Length - 1 : path.Length;
    }

    public bool Find(RouteNode root, out RouteMatch match)
    {
        var full = _path.Length == 1 ? Ends(root) : Visit(root, 1);
        match = full ? _match : _greedy;
        return match.Route is not null;
    }

    private bool Visit(RouteNode node, int start)
    {
        if (start > _end)
            return Ends(node);
        var rest = _path[start.._end];
        var length = rest.IndexOf('/');
        if (length < 0)
            length = rest.Length;
        if (length > 0)
        {
            var next = start + length + 1;
            if (node.TryGetLiteral(rest[..length], out var literal) && Visit(literal, next))
                return true;
            if (node.Parameter is { } parameter)
            {
                _match.Push(start, length);
                if (Visit(parameter, next))
                    return true;
                _match.Pop();
            }
        }

        Remember(node.Greedy, node.Greedy?.Find(_method), start);
        Remember(node.Default, node.Default?.Find(_method));
        return false;
    }

    private bool Ends(RouteNode node)
    {
        if (node.Exact?.Find(_method) is { } route)
        {
            _match.Settle(route, node.Exact);
            return true;
        }

        // In HTTP APIs {proxy+} can be empty after a slash, so ANY /{proxy+} also serves the root. In REST APIs it
        // cannot.
        if (_path[^1] == '/' && node.Greedy?.Find(_method, except: ApiKind.Rest) is { } greedy)
        {
            Remember(node.Greedy, greedy, _path.Length);
            return false;
        }

        if (node.Default?.Find(_method) is not { } fallback)
            return false;
        _match.Settle(fallback, node.Default);
        return true;
    }

    // The first match is the most specific one, because deeper branches are searched before their parents.
    private void Remember(RouteMethods? methods, Route? route, int? start = null)
    {
        if (_greedy.Route is not null || methods is null || route is null)
            return;
        _greedy = _match;
        if (start is { } at)
            _greedy.Push(at, _path.Length - at);
        _greedy.Settle(route, methods);
    }
}
