using Esb.Sam.Apis.Integrations;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis.Plain;

/// <summary>
/// Turns <c>AWS::ApiGatewayV2::Route</c> into routes of an HTTP API, whichever template the route is in.
/// </summary>
internal sealed class KeyedRoutes(ResourceSet resources)
{
    private readonly PlainAuthorizers _authorizers = new(resources, "AWS::ApiGatewayV2::Authorizer");
    private readonly Dictionary<string, TemplateResource> _integrations = resources.Of("AWS::ApiGatewayV2::Integration")
        .ToDictionary(i => i.Name, StringComparer.Ordinal);

    public SamRoute? Of(Api api, TemplateResource route)
    {
        var diagnostics = route.Context.Diagnostics;
        var reader = new MappingReader(route.Properties, route.LogicalId, diagnostics);
        if (reader.RequiredText("RouteKey", "for example RouteKey: GET /orders") is not { } key)
            return null;
        return Of(
            api,
            key,
            path => Target(api, reader.Text("Target")?.Split('/')[^1] ?? "", path, route),
            _authorizers.For(reader, api.Id),
            route.Key,
            diagnostics);
    }

    private RouteTarget Target(Api api, string name, string path, TemplateResource route)
    {
        var targets = new IntegrationTargets(route.Context);
        var line = (route.LogicalId, "Target", (YamlNode)route.Key);
        if (_integrations.GetValueOrDefault(name) is not { } found)
            return targets.Of(null, isHttp: true, path, line);
        var owner = ResourceSet.Text(found.Properties["ApiId"]) ?? "";
        return owner == api.Id
            ? targets.Of(
                Integration.OfHttpApi(found.Properties).WithStageVariables(api.StageVariables),
                isHttp: true,
                path,
                line)
            : targets.OfAnotherApi($"its integration '{name}' belongs to the API '{owner}'", line);
    }

    /// <summary>
    /// Makes a route from its key: <c>GET /orders</c>, <c>ANY /{proxy+}</c> or <c>$default</c>. Null, with an error,
    /// when the key is invalid.
    /// </summary>
    public static SamRoute? Of(
        Api api,
        string key,
        Func<string, RouteTarget> target,
        YamlMapping? authorizer,
        YamlScalar at,
        DiagnosticBag diagnostics)
    {
        var (method, path) = PartsOf(key);
        var problem = path != RoutePattern.Default && path == key ? "it is a method and a path, or $default"
            : RouteMethods.IsKnown(method) ? api.Refused(
                path) : $"there is no method '{method}'; allowed: {string.Join(", ", RouteMethods.All)}";
        if (problem is null)
            return api.Route(path, method, target(path), authorizer, at.Place);
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{at.Value}: route key '{key}': {problem}", at);
        return null;
    }

    public static (string Method, string Path) PartsOf(string key) =>
        key.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries) switch
        {
            [var verb, var pattern] => (verb, pattern),
            _ => ("ANY", key),
        };
}
