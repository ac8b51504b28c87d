using System.Runtime.CompilerServices;
using Esb.Schema.Routing;

namespace Esb.Gateway.Routing;

/// <summary>
/// The route for a request and the positions of its parameters in the path. A match allocates nothing, but is valid
/// only together with its path.
/// </summary>
internal struct RouteMatch
{
    /// <summary>The maximum number of parameters in a pattern.</summary>
    public const int MaxParameters = RoutePattern.MaxParameters;

    private Captures _captures;

    /// <summary>The route; null without a match.</summary>
    public Route? Route { get; private set; }

    /// <summary>The routes of the matched pattern, one per method.</summary>
    public RouteMethods? Methods { get; private set; }

    /// <summary>The number of captured parameters.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a parameter in the path, still percent-encoded.</summary>
    public readonly ReadOnlySpan<char> Value(int index, ReadOnlySpan<char> path)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var capture = _captures[index];
        return path.Slice(capture.Start, capture.Length);
    }

    internal void Push(int start, int length) => _captures[Count++] = new Capture(start, length);

    internal void Pop() => Count--;

    internal void Settle(Route route, RouteMethods methods)
    {
        Route = route;
        Methods = methods;
    }

    private readonly record struct Capture(int Start, int Length);

    [InlineArray(MaxParameters)]
    private struct Captures
    {
        private Capture _first;
    }
}
