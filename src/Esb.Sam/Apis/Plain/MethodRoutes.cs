using Esb.Sam.Apis.Integrations;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// Turns <c>AWS::ApiGateway::Method</c> into routes of a REST API, whichever template the method is in.
/// </summary>
internal sealed class MethodRoutes(ResourceSet resources)
{
    private readonly PlainAuthorizers _authorizers = new(resources, "AWS::ApiGateway::Authorizer");
    private readonly ResourcePaths _paths = new(resources.Of("AWS::ApiGateway::Resource"));

    public IEnumerable<SamRoute> Of(Api api, IEnumerable<TemplateResource> methods)
    {
        List<SamRoute> routes = [];
        var preflights = new Dictionary<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var method in methods)
        {
            if (_paths.OfAnotherApi(method, api.Id) is { } other)
                routes.AddRange(Elsewhere(
                    api,
                    method,
                    $"its resource '{other.LogicalId}' belongs to the API "
                        + $"'{ResourceSet.Text(other.Properties["RestApiId"])}'"));
            else if (_paths.Of(method, api.Id) is not { } path)
                routes.AddRange(WithoutPath(api, method));
            else if (api.Refused(path) is { } problem)
                method.Context.Diagnostics.Error(
                    DiagnosticCodes.WrongValue, $"{method.LogicalId}: path '{path}': {problem}", method.Key);
            else if (Of(api, method, path, preflights) is { } route)
                routes.Add(route);
        }

        return routes.Select(r => preflights.GetValueOrDefault(r.Path) is { } cors ? r with { Cors = cors } : r);
    }

    /// <summary>The known part of the path: a resource that is in no template counts as the root of its API.</summary>
    public string Guess(TemplateResource method) => _paths.Guess(method);

    public static string Verb(TemplateResource method) =>
        (ResourceSet.Text(method.Properties["HttpMethod"]) ?? "ANY").ToUpperInvariant();

    private SamRoute? Of(Api api, TemplateResource method, string path, Dictionary<string, YamlMapping> preflights)
    {
        var reader = new MappingReader(method.Properties, method.LogicalId, method.Context.Diagnostics);
        var integration = reader.Nested("Integration") is { } written
            ? Integration.OfMethod(written.Mapping).WithStageVariables(api.StageVariables)
            : null;
        var target = new IntegrationTargets(method.Context)
            .Of(integration, isHttp: false, path, (method.LogicalId, "Integration", method.Key));
        if (target.Closed is not null
            && Verb(method) == "OPTIONS"
            && integration?.Type == "mock"
            && CorsReader.OfMock(integration.Responses.Select(r => r.Parameters)) is { } cors)
        {
            preflights.TryAdd(path, cors);
            method.Context.Receipt.Approximated(
                method.LogicalId, "Integration", "preflights are answered by the gateway itself", method.Key);
            return null;
        }

        CheckType(method);
        return api.Route(path, Verb(method), target, _authorizers.For(reader, api.Id), method.Key.Place);
    }

    // AuthorizationType is required according to the documentation, but not according to the schema of the resource.
    private static void CheckType(TemplateResource method)
    {
        const string Why = "it is not given, and API Gateway refuses such a method; no authorizer is asked";
        if (method.Properties["AuthorizationType"] is not (null or YamlScalar { IsNull: true }))
            return;
        method.Context.Diagnostics.Warning(
            DiagnosticCodes.MissingKey,
            $"{method.LogicalId}: AuthorizationType: {Why}",
            method.Key,
            "write AuthorizationType: NONE if everybody may call");
        method.Context.Receipt.Ignored(method.LogicalId, "AuthorizationType", Why, method.Key);
    }

    private IEnumerable<SamRoute> WithoutPath(Api api, TemplateResource method)
    {
        // The path is unknown, so the route could not even be closed. CloudFormation refuses such a method.
        if (method.Context.NotCreated.Contains(_paths.EndOf(method)))
        {
            method.Context.Diagnostics.Error(
                DiagnosticCodes.UnknownReference,
                $"{method.LogicalId}: its resource '{_paths.EndOf(method)}' is not created, "
                    + "because its condition is false",
                method.Key,
                "give the method the same Condition");
            return [];
        }

        return Elsewhere(api, method, "its resource is not in this template");
    }

    // Without a closed route, a broader route would take the requests for the method.
    private IEnumerable<SamRoute> Elsewhere(Api api, TemplateResource method, string reason)
    {
        method.Context.Diagnostics.Warning(
            DiagnosticCodes.UnknownReference, $"{method.LogicalId}: {reason}", method.Key);
        method.Context.Receipt.Ignored(method.LogicalId, "ResourceId", reason, method.Key);
        var path = _paths.Guess(method);
        if (api.Refused(path) is not null)
            yield break;
        var closed = api.Route(path, Verb(method), RouteTarget.None(reason), null, method.Key.Place);
        yield return closed with { HasUnknownApi = true };
    }
}
