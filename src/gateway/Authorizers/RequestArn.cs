using System.Buffers;
using System.Collections.Frozen;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// A request as policies name it: <c>arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/path</c>. The path is the
/// request's own and not the route's pattern. It has no base path and is spelled as the function gets it. Source: API
/// Gateway, "Control access for invoking an API".
/// </summary>
/// <param name="Text">The ARN that an authorizer gets and that its policy must allow.</param>
/// <param name="Others">
/// ARNs with other spellings of the path, or with its base path, which a denial may use; most requests have none.
/// </param>
internal sealed record RequestArn(string Text, IReadOnlyList<string> Others)
{
    private static readonly SearchValues<char> Wildcards = SearchValues.Create("*?");

    /// <summary>
    /// Whether the client's path has a character that is a wildcard in a policy, also after the path is decoded twice:
    /// by the gateway for an HTTP API, and by the authorizer.
    /// </summary>
    public bool HasWildcards { get; private init; }

    /// <summary>The ids of all served APIs.</summary>
    public IReadOnlySet<string> Apis { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Creates the ARN of a request that matched a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="region">The platform's region.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="path">The canonical path.</param>
    public static RequestArn Of(Route route, string region, string method, ReadOnlySpan<char> path)
    {
        var api = $"{ApiIdentity.IdOf(route)}/{ApiIdentity.StageOf(route)}";
        var start = $"arn:aws:execute-api:{region}:{ApiIdentity.AccountId}:{api}/{method}";
        var encoded = route.OwnPath(path).ToString();
        var own = route.Kind == ApiKind.Rest ? encoded : EventFields.Decoded(encoded).ToString();
        if (encoded == own && !path.ContainsAny('%', '*') && path[^1] != '/'
            && !path.Contains("//", StringComparison.Ordinal)
            && encoded.Length == path.Length)
            return new RequestArn(start + own, []);
        string[] asSent = [encoded, path.ToString()];
        var spellings = asSent
            .SelectMany(p => (string[])[p, EventFields.Decoded(p).ToString()])
            .SelectMany(p => (string[])[p, CanonicalPath.WithSingleSlashes(p)])
            .SelectMany(p => (string[])[p, WithoutSlash(p)])
            .SelectMany(p => (string[])[p, WithEncodedWildcards(p)]);
        return new RequestArn(start + own, [.. spellings.Where(s => s != own).Distinct().Select(s => start + s)])
        {
            HasWildcards = EventFields.Decoded(EventFields.Decoded(path)).ContainsAny(Wildcards),
        };
    }

    private static string WithEncodedWildcards(string path) =>
        path.Replace("*", "%2A", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);

    private static string WithoutSlash(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
