using System.Globalization;
using Esb.Gateway.Events;
using Esb.Gateway.Routing;
using Esb.Schema.Routing;
using Microsoft.Extensions.Primitives;

namespace Esb.Gateway.Authorizers;

/// <summary>
/// Reads the values of identity sources from a request. Source: API Gateway, "Working with AWS Lambda authorizers for
/// HTTP APIs", identity sources.
/// </summary>
internal static class IdentityValues
{
    /// <returns>A value for each source, in order; null when one of them is missing or empty.</returns>
    public static StringValues[]? Read(IReadOnlyList<IdentitySource> sources, in IncomingRequest incoming)
    {
        if (sources.Count == 0)
            return [];
        var values = new StringValues[sources.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ValuesOf(sources[i], incoming);
            if (values[i].ToString().Length == 0)
                return null;
        }

        return values;
    }

    /// <summary>One value, joined by commas when it was sent several times; null when it is missing.</summary>
    public static string? Read(IdentitySource source, in IncomingRequest incoming) =>
        ValuesOf(source, incoming) is { Count: > 0 } values ? values.ToString() : null;

    private static StringValues ValuesOf(IdentitySource source, in IncomingRequest incoming) => source.Place switch
    {
        IdentityPlace.Header => incoming.Context.Request.Headers[source.Name],
        IdentityPlace.Query => QueryValue(source.Name, RequestTarget.Of(incoming.Context).Query),
        IdentityPlace.StageVariable => incoming.Route.Api.StageVariables.GetValueOrDefault(source.Name),
        _ => ContextValue(source.Name, incoming),
    };

    private static StringValues QueryValue(string name, ReadOnlySpan<char> query) =>
        QueryParameters.Parse(query.ToString().AsMemory()) is { } parameters
            && parameters.TryGetValue(name, out var values)
            ? values.ToArray()
            : StringValues.Empty;

    private static string? ContextValue(string name, in IncomingRequest incoming) => name switch
    {
        "routeKey" => incoming.Route.RouteKey,
        "resourcePath" => incoming.Route.Resource,
        "httpMethod" or "http.method" => incoming.Context.Request.Method,
        "path" or "http.path" => EventFields.PathOf(incoming.Route, RequestTarget.Of(incoming.Context).Path).ToString(),
        "stage" => ApiIdentity.StageOf(incoming.Route),
        "apiId" => ApiIdentity.IdOf(incoming.Route),
        "accountId" => ApiIdentity.AccountId,
        "domainName" => EventFields.DomainOf(incoming),
        "domainPrefix" => EventFields.DomainOf(incoming).Split('.')[0],
        "protocol" or "http.protocol" => incoming.Context.Request.Protocol,
        "requestId" => incoming.Route.Kind == ApiKind.Http ? incoming.Stamp.ExtendedId : incoming.Stamp.RequestId,
        "extendedRequestId" => incoming.Stamp.ExtendedId,
        "requestTime" => EventFields.TimeOf(incoming.Stamp.ReceivedAt),
        "requestTimeEpoch" => incoming.Stamp.ReceivedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        "identity.sourceIp" or "http.sourceIp" => PassedHeaders.SourceIp(incoming.Context),
        "identity.userAgent" or "http.userAgent" => incoming.Context.Request.Headers.UserAgent,
        _ => null,
    };
}
