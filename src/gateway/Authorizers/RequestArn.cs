using System.Collections.Frozen;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// A request as policies name it: <c>arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/path</c>, with the path that was matched and not its
/// pattern, without a base path, spelled as the function gets it. Source: API Gateway, "Control access for invoking an API".
/// </summary>
/// <param name="Text">What an authorizer is told and what its policy must allow.</param>
/// <param name="Others">The same path in other spellings, which a denial may use, and with its base path; most paths have none.</param>
internal sealed record RequestArn(string Text, IReadOnlyList<string> Others)
{
    /// <summary>The ids of all APIs that are served.</summary>
    public IReadOnlySet<string> Apis { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Of a request that has matched a route.</summary>
    /// <param name="route">The route.</param>
    /// <param name="region">As the platform is told.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="path">In its canonical spelling.</param>
    public static RequestArn Of(Route route, string region, string method, ReadOnlySpan<char> path)
    {
        var start = $"arn:aws:execute-api:{region}:{ApiIdentity.AccountId}:{ApiIdentity.IdOf(route)}/{ApiIdentity.StageOf(route)}/{method}";
        var encoded = route.OwnPath(path).ToString();
        var own = route.Kind == ApiKind.Rest ? encoded : EventFields.Decoded(encoded).ToString();
        if (encoded == own && !path.Contains('%') && path[^1] != '/' && !path.Contains("//", StringComparison.Ordinal) && encoded.Length == path.Length)
            return new RequestArn(start + own, []);
        string[] asSent = [encoded, path.ToString()];
        var spellings = asSent
            .SelectMany(p => (string[])[p, EventFields.Decoded(p).ToString()])
            .SelectMany(p => (string[])[p, CanonicalPath.WithSingleSlashes(p)])
            .SelectMany(p => (string[])[p, WithoutSlash(p)]);
        return new RequestArn(start + own, [.. spellings.Where(s => s != own).Distinct().Select(s => start + s)]);
    }

    private static string WithoutSlash(string path) => path.Length > 1 ? path.TrimEnd('/') : path;
}
