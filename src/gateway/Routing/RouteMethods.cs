namespace Esb.Gateway.Routing;

/// <summary>The routes of one pattern, one per method; a specific method takes precedence over <c>ANY</c>.</summary>
internal sealed class RouteMethods
{
    private Route[] _concrete = [];
    private Route? _any;

    /// <summary>All routes of the pattern.</summary>
    public IEnumerable<Route> All => _any is null ? _concrete : _concrete.Append(_any);

    /// <summary>
    /// The route for a method, optionally without the routes of one kind of API; for an empty method, any route.
    /// <c>ANY</c> stands only for the methods of API Gateway: a server might answer TRACE with the headers that the
    /// route adds.
    /// </summary>
    public Route? Find(ReadOnlySpan<char> method, ApiKind? except = null)
    {
        foreach (var route in _concrete)
        {
            if ((method.IsEmpty || method.SequenceEqual(route.Method)) && route.Kind != except)
                return route;
        }

        return _any?.Kind == except || !(method.IsEmpty || IsServed(method)) ? null : _any;
    }

    private static bool IsServed(ReadOnlySpan<char> method) =>
        method is "GET" or "POST" or "PUT" or "DELETE" or "PATCH" or "HEAD" or "OPTIONS";

    /// <summary>Adds a route, and returns the route with the same method that it replaces.</summary>
    internal Route? Add(Route route)
    {
        if (route.Method == Route.AnyMethod)
        {
            var before = _any;
            _any = route;
            return before;
        }

        var index = Array.FindIndex(_concrete, r => r.Method == route.Method);
        var replaced = index < 0 ? null : _concrete[index];
        if (index < 0)
            _concrete = [.. _concrete, route];
        else
            _concrete[index] = route;
        return replaced;
    }
}
