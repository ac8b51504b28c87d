namespace Esb.Schema.Routing;

/// <summary>
/// Two routes of different shapes that match some of the same requests; one of them takes precedence. A route for the
/// whole path precedes one with a greedy parameter; then text precedes a parameter, segment by segment; of two with a
/// greedy parameter the longer one precedes, and of two methods the named one precedes <c>ANY</c>. A <c>$default</c>
/// beneath a base path counts as greedy, after all others there, and also matches the base path itself.
/// </summary>
/// <param name="First">The route that gets the requests which both routes match.</param>
/// <param name="Behind">The route that gets the rest.</param>
public sealed record RouteOverlap(RouteDefinition First, RouteDefinition Behind)
{
    private const string Rest = "{+}";
    private const string Parameter = "{}";
    private const string Any = "ANY";

    /// <summary>Null when no request matches both, or when both have the same shape.</summary>
    public static RouteOverlap? Of(RouteDefinition one, RouteDefinition other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Method != other.Method && !IsAny(one) && !IsAny(other))
            return null;
        var order = (RoutePattern.IsDefault(one.Path), RoutePattern.IsDefault(other.Path)) switch
        {
            (true, true) => Defaults(one, other),
            (true, false) => -OfDefault(other, one),
            (false, true) => OfDefault(one, other),
            _ => Order(one, other),
        };
        if (order == 0)
            order = IsAny(other).CompareTo(IsAny(one));
        return order switch
        {
            null or 0 => null,
            > 0 => new RouteOverlap(one, other),
            _ => new RouteOverlap(other, one),
        };
    }

    /// <summary>
    /// Whether a route is for all requests that no other route matches, with all methods or with one.
    /// </summary>
    public static bool IsCatchAll(RouteDefinition route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.Path == RoutePattern.Default || RouteShape.Of(route.Path) == "/" + Rest;
    }

    /// <summary>Whether a route matches paths whatever their texts are, as <c>/{id}</c> does.</summary>
    public static bool HasNoText(RouteDefinition route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return IsCatchAll(route)
            || (Segments(route) is { Length: > 0 } segments && Array.TrueForAll(segments, s => s is Rest or Parameter));
    }

    private static bool IsAny(RouteDefinition route) => route.Method == Any || RoutePattern.IsDefault(route.Path);

    // Positive when the first precedes, 0 for the same shape, null when no request matches both.
    private static int? Defaults(RouteDefinition one, RouteDefinition other)
    {
        var (mine, its) = (Base(one), Base(other));
        return mine == its
            || mine.StartsWith(its + "/", StringComparison.Ordinal)
            || its.StartsWith(mine + "/", StringComparison.Ordinal)
            ? mine.Length.CompareTo(its.Length)
            : null;
    }

    // The same for another route and a $default, which precedes shorter routes and those with a parameter where its
    // base path has text.
    private static int? OfDefault(RouteDefinition route, RouteDefinition fallback)
    {
        var (mine, its) = (Segments(route), Base(fallback).Split('/', StringSplitOptions.RemoveEmptyEntries));
        var isGreedy = mine.Length > 0 && !IsFixed(mine[^1]);
        var myFixed = isGreedy ? mine.Length - 1 : mine.Length;
        if (!isGreedy && myFixed < its.Length)
            return null;
        var isBehind = myFixed < its.Length;
        for (var i = 0; i < myFixed && i < its.Length; i++)
        {
            if (mine[i] != Parameter && mine[i] != its[i])
                return null;
            // A route for a whole path that is longer than the base path still takes precedence.
            isBehind |= mine[i] == Parameter && (isGreedy || myFixed == its.Length);
        }

        return isBehind ? -1 : 1;
    }

    private static string Base(RouteDefinition fallback) => RoutePattern.DefaultBase(RouteShape.Of(fallback.Path));

    // Positive when the first precedes, 0 when the paths are the same, null when no path matches both.
    private static int? Order(RouteDefinition one, RouteDefinition other)
    {
        var (mine, its) = (Segments(one), Segments(other));
        var (myFixed, itsFixed) = (mine.Count(IsFixed), its.Count(IsFixed));
        var order = 0;
        for (var i = 0; i < myFixed && i < itsFixed; i++)
        {
            if (mine[i] != Parameter && its[i] != Parameter && mine[i] != its[i])
                return null;
            if (order == 0)
                order = (its[i] == Parameter).CompareTo(mine[i] == Parameter);
        }

        return (mine.Length > myFixed, its.Length > itsFixed) switch
        {
            (false, false) => myFixed == itsFixed ? order : null,
            (true, true) => order != 0 ? order : myFixed.CompareTo(itsFixed),
            (true, false) => Reaches(one, myFixed, itsFixed) ? -1 : null,
            (false, true) => Reaches(other, itsFixed, myFixed) ? 1 : null,
        };
    }

    // A greedy parameter is at least one segment; in an HTTP API it may be empty after a slash.
    private static bool Reaches(RouteDefinition greedy, int before, int length) =>
        length > before || (length == before && greedy.Payload == "2.0");

    private static string[] Segments(RouteDefinition route) =>
        RouteShape.Of(route.Path) is { Length: > 1 } shape ? shape[1..].Split('/') : [];

    private static bool IsFixed(string segment) => segment != Rest;
}
