namespace Esb.Schema.Routing;

/// <summary>
/// Two routes of different shapes that some requests fit both of: one of the two goes before the other. A gateway looks segment by segment, for the text itself, then for a parameter, then for
/// the rest of the path; a method of its own goes before <c>ANY</c>.
/// </summary>
/// <param name="First">The one that takes what fits both.</param>
/// <param name="Behind">The one that gets the rest.</param>
public sealed record RouteOverlap(RouteDefinition First, RouteDefinition Behind)
{
    private const string Rest = "{+}";
    private const string Parameter = "{}";

    /// <summary>Null when no request fits both, or when both are one route.</summary>
    public static RouteOverlap? Of(RouteDefinition one, RouteDefinition other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Path == RoutePattern.Default || other.Path == RoutePattern.Default)
            return one.Path == other.Path ? null : one.Path == RoutePattern.Default ? new RouteOverlap(other, one) : new RouteOverlap(one, other);
        if (one.Method != other.Method && !IsAny(one) && !IsAny(other))
            return null;
        var order = Order(RouteShape.Of(one.Path).Split('/'), RouteShape.Of(other.Path).Split('/'));
        if (order == 0)
            order = IsAny(other).CompareTo(IsAny(one));
        return order switch { null or 0 => null, > 0 => new RouteOverlap(one, other), _ => new RouteOverlap(other, one) };
    }

    /// <summary>Whether a route takes whatever nobody else does, of all paths or of one method's.</summary>
    public static bool IsCatchAll(RouteDefinition route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.Path == RoutePattern.Default || RouteShape.Of(route.Path) == "/" + Rest;
    }

    private static bool IsAny(RouteDefinition route) => route.Method == "ANY";

    // Positive when the first goes before, 0 when the paths are one, null when no path fits both.
    private static int? Order(string[] one, string[] other)
    {
        var order = 0;
        for (var i = 0; i < one.Length && i < other.Length; i++)
        {
            var (mine, its) = (Rank(one[i]), Rank(other[i]));
            if (mine == 2 && its == 2 && one[i] != other[i])
                return null;
            if (order == 0)
                order = mine - its;
            // What takes the rest of the path takes at least one segment, and an empty one is none.
            if (mine == 0 || its == 0)
                return one[i].Length == 0 || other[i].Length == 0 ? null : order;
        }

        return one.Length == other.Length ? order : null;
    }

    private static int Rank(string segment) => segment switch { Rest => 0, Parameter => 1, _ => 2 };
}
