using System.Runtime.CompilerServices;
using Esb.Schema.Routing;

namespace Esb.Gateway.Routing;

/// <summary>
/// Which route takes a request, and where its parameters stand in the path. Holds positions instead of text, so that a match allocates
/// nothing; the path it was made from must be kept beside it.
/// </summary>
internal struct RouteMatch
{
    /// <summary>The most parameters a pattern may have.</summary>
    public const int MaxParameters = RoutePattern.MaxParameters;

    private Captures _captures;

    /// <summary>The route; null when nothing matched.</summary>
    public Route? Route { get; private set; }

    /// <summary>The routes of the same pattern, one per method.</summary>
    public RouteMethods? Methods { get; private set; }

    /// <summary>How many parameters were captured.</summary>
    public int Count { get; private set; }

    /// <summary>The value of a parameter as it stands in the path: still percent-encoded.</summary>
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
