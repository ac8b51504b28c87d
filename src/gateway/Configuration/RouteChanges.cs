using Esb.Gateway.Routing;

namespace Esb.Gateway.Configuration;

/// <summary>Compares two route tables.</summary>
internal static class RouteChanges
{
    public static ChangeList Between(RouteTable before, RouteTable after)
    {
        if (ReferenceEquals(before, after))
            return new ChangeList([], [], [], [], after.Count);
        var old = new Dictionary<string, Route>(before.Count, StringComparer.Ordinal);
        foreach (var route in before.All)
            old[route.Key] = route;
        List<string> added = [];
        List<string> replaced = [];
        foreach (var route in after.All)
        {
            if (!old.Remove(route.Key, out var same))
                added.Add(route.Key);
            else if (!AreSame(same, route))
                replaced.Add(route.Key);
        }

        return new ChangeList(added, replaced, [], [.. old.Keys], after.Count - added.Count - replaced.Count);
    }

    // The names of the parameters are part of the key.
    private static bool AreSame(Route one, Route other) =>
        WrittenEquality.AreSame(one.Cors, other.Cors)
        && WrittenEquality.AreSame(one.Authorizer, other.Authorizer)
        && WrittenEquality.AreSame(one.Api, other.Api)
        && WrittenEquality.AreSame(one.Mock, other.Mock)
        && WrittenEquality.AreSame(one.HttpProxy, other.HttpProxy)
        && one with
        {
            Mock = other.Mock,
            HttpProxy = other.HttpProxy,
            Cors = other.Cors,
            Authorizer = other.Authorizer,
            Api = other.Api,
            ParameterNames = other.ParameterNames,
        } == other;
}
