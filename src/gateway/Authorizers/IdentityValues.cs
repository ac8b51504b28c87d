using Esb.Gateway.Events;
using Esb.Schema.Routing;

namespace Esb.Gateway.Authorizers;

/// <summary>Reads out of a request what says who calls. Source: API Gateway, "Working with AWS Lambda authorizers for HTTP APIs", identity sources.</summary>
internal static class IdentityValues
{
    /// <returns>A value for each source in order; null as soon as one of them is missing or empty.</returns>
    public static string[]? Read(IReadOnlyList<IdentitySource> sources, in IncomingRequest incoming)
    {
        if (sources.Count == 0)
            return [];
        var values = new string[sources.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (Read(sources[i], incoming) is not { Length: > 0 } value)
                return null;
            values[i] = value;
        }

        return values;
    }

    /// <summary>One value; null when it is not there.</summary>
    public static string? Read(IdentitySource source, in IncomingRequest incoming) => source.Place switch
    {
        IdentityPlace.Header => Joined(incoming.Context.Request.Headers[source.Name].ToArray()),
        IdentityPlace.Query => QueryValue(source.Name, RequestTarget.Of(incoming.Context).Query),
        IdentityPlace.StageVariable => incoming.Route.Api.StageVariables.GetValueOrDefault(source.Name),
        _ => ContextValue(source.Name, incoming),
    };

    private static string? Joined(string?[] values) => values.Length switch
    {
        0 => null,
        1 => values[0],
        _ => string.Join(',', values),
    };

    private static string? QueryValue(string name, ReadOnlySpan<char> query) =>
        QueryParameters.Parse(query.ToString().AsMemory()) is { } parameters && parameters.TryGetValue(name, out var values) ? string.Join(',', values) : null;

    private static string? ContextValue(string name, in IncomingRequest incoming) => name switch
    {
        "routeKey" => incoming.Route.RouteKey,
        "resourcePath" => incoming.Route.Resource,
        "httpMethod" or "http.method" => incoming.Context.Request.Method,
        "path" or "http.path" => RequestTarget.Of(incoming.Context).Path.ToString(),
        "stage" => ApiIdentity.StageOf(incoming.Route),
        "apiId" => ApiIdentity.IdOf(incoming.Route),
        "accountId" => ApiIdentity.AccountId,
        "domainName" => incoming.Context.Request.Host.Host,
        "identity.sourceIp" or "http.sourceIp" => PassedHeaders.SourceIp(incoming.Context),
        "identity.userAgent" or "http.userAgent" => incoming.Context.Request.Headers.UserAgent,
        _ => null,
    };
}
