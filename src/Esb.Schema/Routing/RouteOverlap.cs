namespace Esb.Schema.Routing;

/// <summary>
/// Two routes of different shapes that some requests fit both of: one of the two goes before the other. A route for the whole path
/// goes before one for the rest of it; then the text itself goes before a parameter, segment by segment; of two for the rest the longer
/// one goes before, and of two methods the one that is named before <c>ANY</c>. A <c>$default</c> beneath a base path is one for the rest, behind all
/// others there, and one for the base path itself.
/// </summary>
/// <param name="First">The one that takes what fits both.</param>
/// <param name="Behind">The one that gets the rest.</param>
public sealed record RouteOverlap(RouteDefinition First, RouteDefinition Behind)
{
    private const string Rest = "{+}";
    private const string Parameter = "{}";
    private const string Any = "ANY";

    /// <summary>Null when no request fits both, or when both are one route.</summary>
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
        return order switch { null or 0 => null, > 0 => new RouteOverlap(one, other), _ => new RouteOverlap(other, one) };
    }

    /// <summary>Whether a route takes whatever nobody else does, of all paths or of one method's.</summary>
    public static bool IsCatchAll(RouteDefinition route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route.Path == RoutePattern.Default || RouteShape.Of(route.Path) == "/" + Rest;
    }

    /// <summary>Whether a route takes paths whatever their texts are, as <c>/{id}</c> does: everybody's of its length or method.</summary>
    public static bool HasNoText(RouteDefinition route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return IsCatchAll(route) || (Segments(route) is { Length: > 0 } segments && Array.TrueForAll(segments, s => s is Rest or Parameter));
    }

    private static bool IsAny(RouteDefinition route) => route.Method == Any || RoutePattern.IsDefault(route.Path);

    // Positive when the first goes before, 0 for one shape, null when no request fits both.
    private static int? Defaults(RouteDefinition one, RouteDefinition other)
    {
        var (mine, its) = (Base(one), Base(other));
        return mine == its || mine.StartsWith(its + "/", StringComparison.Ordinal) || its.StartsWith(mine + "/", StringComparison.Ordinal) ? mine.Length.CompareTo(its.Length) : null;
    }

    // The same for another route and a $default, which goes before what is shorter and before what has a parameter where its base path has a text.
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
            // One for a whole path that is longer than the base path takes it all the same.
            isBehind |= mine[i] == Parameter && (isGreedy || myFixed == its.Length);
        }

        return isBehind ? -1 : 1;
    }

    private static string Base(RouteDefinition fallback) => RoutePattern.DefaultBase(RouteShape.Of(fallback.Path));

    // Positive when the first goes before, 0 when the paths are one, null when no path fits both.
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

    // The rest of a path is at least one segment; that of an HTTP API may be empty behind a slash.
    private static bool Reaches(RouteDefinition greedy, int before, int length) => length > before || (length == before && greedy.Payload == "2.0");

    private static string[] Segments(RouteDefinition route) => RouteShape.Of(route.Path) is { Length: > 1 } shape ? shape[1..].Split('/') : [];

    private static bool IsFixed(string segment) => segment != Rest;
}
