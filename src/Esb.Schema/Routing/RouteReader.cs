using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>Reads one entry of <c>routes</c>.</summary>
internal static class RouteReader
{
    private static readonly string[] Targets = ["function", "mock", "http_proxy"];

    /// <returns>Null when its requests or its target are missing.</returns>
    public static RouteDefinition? Read(YamlMapping mapping, DiagnosticBag diagnostics)
    {
        var reader = new MappingReader(mapping, "route", diagnostics);
        if (reader.RequiredText("path", "for example path: /orders/{id}") is not { } path)
            return null;
        reader = new MappingReader(mapping, $"route '{path}'", diagnostics);
        if (RoutePattern.Problem(path) is { } problem)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: {problem}", mapping["path"]);
        else if (UnreachablePath.Reason(path) is { } reason)
            diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{reader.Subject}: no request reaches the route as intended: {reason}",
                mapping["path"],
                "correct the path, or remove the route");
        else if (path.TrimEnd('/') == "/" + RoutePattern.Default)
            diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{reader.Subject}: only requests for this very path reach the route",
                mapping["path"],
                $"write {RoutePattern.Default} for what no other route takes");
        if (PlatformPaths.Shadow(path))
            diagnostics.Warning(
                DiagnosticCodes.Shadowed,
                $"{reader.Subject}: {PlatformPaths.Why}; no request reaches the route",
                mapping["path"],
                "give it another path");
        CheckMethod(reader, diagnostics);
        var payload = PayloadFormat.Read(reader, diagnostics) ?? PayloadFormat.Rest;
        if (!HasOneTarget(reader, diagnostics))
            return null;
        var function = IsGiven(mapping["function"]) ? ReadFunction(mapping, reader, diagnostics) : null;
        var (mock, proxy) = (ConstantAnswer.Read(reader, diagnostics), HttpTarget.Read(reader, path, diagnostics));
        var authorizer = new AuthorizerReader(reader, diagnostics).Read();
        var closed = (authorizer as UnusableAuthorizer)?.Reason ?? GuardKeys.InRoute(reader, diagnostics);
        var (method, cors) = (RoutingFile.MethodOf(mapping), CorsReader.Read(reader, diagnostics));
        return new RouteDefinition(path, method, function, payload, cors, closed, mapping.Place)
        {
            FunctionApplication = ApplicationName.ReadMeant(reader, diagnostics),
            Mock = mock,
            HttpProxy = proxy,
            Authorizer = authorizer is UnusableAuthorizer or ApiKeyAuthorizer ? null : authorizer,
            ApiKeyRequired = authorizer is ApiKeyAuthorizer || (reader.Boolean("api_key_required") ?? false),
            Api = RouteApi.Read(reader, path, payload, diagnostics),
        };
    }

    private static void CheckMethod(MappingReader route, DiagnosticBag diagnostics)
    {
        if (route.Name("method") is not { } method)
            return;
        if (!RoutingFile.IsMethod(method))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{route.Subject}: 'method' is '{method}'",
                route.Mapping["method"],
                "allowed: one method such as GET, or ANY");
        else if (!RouteMethods.IsKnown(method))
            diagnostics.Warning(
                DiagnosticCodes.WrongValue,
                $"{route.Subject}: 'method' is '{method}', which hardly any client sends",
                route.Mapping["method"],
                $"usual: {string.Join(", ", RouteMethods.All)}");
    }

    // A route without a target is written too, so that no broader one takes its requests; but it must be marked as
    // closed.
    private static bool HasOneTarget(MappingReader route, DiagnosticBag diagnostics)
    {
        var given = Targets.Where(t => IsGiven(route.Mapping[t])).ToList();
        if (given.Count == 1 || (given.Count == 0
            && route.Mapping["authorizer"] is YamlMapping authorizer
            && authorizer["type"] is YamlScalar { Value: "unsupported" }))
            return true;
        if (given.Count == 0)
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{route.Subject}: 'function' is missing",
                route.Mapping,
                "name one of the functions of functions.yml, or give mock or http_proxy");
        else
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{route.Subject}: '{given[0]}' and '{given[1]}' cannot both answer",
                route.Mapping[given[1]],
                "leave one of them out");
        return false;
    }

    private static bool IsGiven(YamlNode? node) => node is not null and not YamlScalar { IsNull: true };

    private static string? ReadFunction(YamlMapping mapping, MappingReader reader, DiagnosticBag diagnostics)
    {
        // Earlier generators wrote `function: {container: name}`.
        var name = mapping["function"] is YamlMapping old
            ? new MappingReader(old, reader.Subject, diagnostics).RequiredName("container", "write function: NAME")
            : reader.RequiredName("function", "name one of the functions of functions.yml");
        if (name is null || FunctionName.IsValid(name))
            return name;
        diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{reader.Subject}: '{name}' is not a function name",
            mapping["function"],
            $"allowed: {FunctionName.Rule}");
        return null;
    }
}
