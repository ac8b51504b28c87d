using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;

namespace Esb.Gateway.Routing;

/// <summary>Builds routes from their definitions.</summary>
internal sealed class RouteTableBuilder(DiagnosticBag diagnostics)
{
    private readonly RouteNode _root = new();
    private readonly HashSet<Route> _replaced = new(ReferenceEqualityComparer.Instance);
    private RouteMethods? _default;

    public RouteTable Build(IReadOnlyList<RouteDefinition> definitions)
    {
        List<Route> added = new(definitions.Count);
        foreach (var definition in definitions)
        {
            if (Add(definition) is { } route)
                added.Add(route);
        }

        return new RouteTable(
            _root, _default, _replaced.Count == 0 ? added : [.. added.Where(r => !_replaced.Contains(r))]);
    }

    private Route? Add(RouteDefinition definition)
    {
        string[] segments =
            definition.Path is "/" or RoutePattern.Default ? [] : definition.Path[1..].TrimEnd('/').Split('/');
        string[] names = [.. segments.Where(IsParameter).Select(s => IsGreedy(s) ? s[1..^2] : s[1..^1])];
        if (segments.Length > RoutePattern.MaxSegments || names.Length > RouteMatch.MaxParameters)
        {
            Warn(definition, DiagnosticCodes.NotSupported, "is not served: "
                + $"it has more than {RoutePattern.MaxSegments} segments or {RouteMatch.MaxParameters} parameters");
            return null;
        }

        // No request has dot segments in its path. The warning about this was given when the file was read.
        if (CanonicalPath.Of(definition.Path) is null)
            return null;

        var route = Built(definition, names);
        if (PlaceOf(route, segments).Add(route) is { } replaced)
        {
            _replaced.Add(replaced);
            Warn(definition, DiagnosticCodes.Shadowed, $"replaces '{replaced.Method} {replaced.Path}' of function "
                + $"'{replaced.Target}': both take the same requests");
        }

        return route;
    }

    private static Route Built(RouteDefinition definition, string[] names)
    {
        // On AWS the $default route has no method: it gets all requests that match no other route.
        var isDefault = RoutePattern.IsDefault(definition.Path);
        var path = definition.Path.Length > 1 ? definition.Path.TrimEnd('/') : definition.Path;
        var kind = definition.Api.IsFunctionUrl ? ApiKind.FunctionUrl
            : definition.Payload == "2.0" ? ApiKind.Http
            : ApiKind.Rest;
        var resource = isDefault ? RoutePattern.Default : ResourceOf(path, definition.Api.BasePath);
        var method = isDefault ? Route.AnyMethod : definition.Method;
        return new Route(path, method, definition.Function, kind, definition.Cors, definition.Closed, names)
        {
            Mock = definition.Mock,
            HttpProxy = definition.HttpProxy,
            Target = definition.Target,
            Authorizer = definition.Authorizer,
            ApiKeyRequired = definition.ApiKeyRequired,
            Api = definition.Api,
            BasePath = CanonicalPath.Of(definition.Api.BasePath) ?? definition.Api.BasePath,
            Resource = resource,
            RouteKey =
                isDefault || kind == ApiKind.FunctionUrl ? RoutePattern.Default : $"{definition.Method} {resource}",
        };
    }

    private static string ResourceOf(string path, string basePath) =>
        basePath.Length == 0 ? path : path.Length == basePath.Length ? "/" : path[basePath.Length..];

    private RouteMethods PlaceOf(Route route, string[] segments)
    {
        if (route.Path == RoutePattern.Default)
            return _default ??= new RouteMethods();
        var node = _root;
        var isDefault = RoutePattern.IsDefault(route.Path);
        foreach (var segment in isDefault ? segments[..^1] : segments)
        {
            if (IsGreedy(segment))
                return node.AddGreedy();
            node = IsParameter(segment) ? node.AddParameter() : node.AddLiteral(CanonicalPath.Of(segment) ?? segment);
        }

        return isDefault ? node.AddDefault() : node.AddExact();
    }

    private static bool IsParameter(string segment) => segment is ['{', .., '}'];

    private static bool IsGreedy(string segment) => segment is ['{', .., '+', '}'];

    private void Warn(RouteDefinition route, string code, string message) =>
        diagnostics.Add(new Diagnostic(
            Severity.Warning,
            code,
            $"route '{route.Key}' {message}",
            route.Place.File,
            route.Place.Line,
            route.Place.Column));
}
