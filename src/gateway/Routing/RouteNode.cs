using System.Diagnostics.CodeAnalysis;

namespace Esb.Gateway.Routing;

/// <summary>A node in the trie of patterns. It changes only while a table is being built.</summary>
internal sealed class RouteNode
{
    private Dictionary<string, RouteNode>? _literals;
    private Dictionary<string, RouteNode>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>The child for a <c>{name}</c> segment.</summary>
    public RouteNode? Parameter { get; private set; }

    /// <summary>The routes whose pattern ends at this node.</summary>
    public RouteMethods? Exact { get; private set; }

    /// <summary>The routes whose pattern ends at this node with <c>{name+}</c>.</summary>
    public RouteMethods? Greedy { get; private set; }

    /// <summary>The routes for all requests at this node and below that match no other route.</summary>
    public RouteMethods? Default { get; private set; }

    /// <summary>Returns the child for a literal segment.</summary>
    public bool TryGetLiteral(ReadOnlySpan<char> segment, [NotNullWhen(true)] out RouteNode? node)
    {
        node = null;
        return _literals is not null && _lookup.TryGetValue(segment, out node);
    }

    internal RouteNode AddLiteral(string segment)
    {
        if (_literals is null)
        {
            _literals = new Dictionary<string, RouteNode>(1, StringComparer.Ordinal);
            _lookup = _literals.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        if (!_literals.TryGetValue(segment, out var node))
            _literals[segment] = node = new RouteNode();
        return node;
    }

    internal RouteNode AddParameter() => Parameter ??= new RouteNode();

    internal RouteMethods AddExact() => Exact ??= new RouteMethods();

    internal RouteMethods AddGreedy() => Greedy ??= new RouteMethods();

    internal RouteMethods AddDefault() => Default ??= new RouteMethods();
}
