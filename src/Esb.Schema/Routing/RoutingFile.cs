using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Yaml;

namespace Esb.Schema.Routing;

/// <summary>The typed view of <c>routing.yml</c>.</summary>
/// <param name="Routes">In the order of the file.</param>
public sealed record RoutingFile(IReadOnlyList<RouteDefinition> Routes)
{
    /// <summary>The keys of clients, for routes that ask for one.</summary>
    public IReadOnlyList<ApiKeyDefinition> ApiKeys { get; init; } = [];

    /// <summary>
    /// Reads and validates. Keys that this version does not know are left alone.
    /// </summary>
    /// <returns>What could be read; to be used only when <paramref name="diagnostics"/> has no errors.</returns>
    public static RoutingFile Read(YamlMapping document, DiagnosticBag diagnostics)
    {
        if (!FormatVersion.IsUnderstood(document, ConfigurationFiles.Routing, diagnostics))
            return new RoutingFile([]);
        List<RouteDefinition> routes = [];
        var reader = new MappingReader(document, ConfigurationFiles.Routing, diagnostics);
        foreach (var item in reader.List("routes"))
        {
            if (item is not YamlMapping mapping)
                diagnostics.Error(DiagnosticCodes.WrongKind, $"a route must be a mapping, this is {item.Kind}", item);
            else if (ReadRoute(mapping, diagnostics) is { } route)
                routes.Add(route);
        }

        return new RoutingFile(routes) { ApiKeys = new ApiKeyReader(diagnostics).Read(reader) };
    }

    /// <summary>The method of a route in the form of its key: upper case, GET when absent.</summary>
    public static string MethodOf(YamlMapping route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return route["method"] is YamlScalar { IsNull: false } method ? method.Value.ToUpperInvariant() : "GET";
    }

    private static RouteDefinition? ReadRoute(YamlMapping mapping, DiagnosticBag diagnostics)
    {
        var reader = new MappingReader(mapping, "route", diagnostics);
        if (reader.RequiredText("path", "for example path: /orders/{id}") is not { } path)
            return null;
        reader = new MappingReader(mapping, $"route '{path}'", diagnostics);
        if (RoutePattern.Problem(path) is { } problem)
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: {problem}", mapping["path"]);
        if (PlatformPaths.Shadow(path))
            diagnostics.Warning(DiagnosticCodes.Shadowed, $"{reader.Subject}: {PlatformPaths.Why}; no request reaches the route", mapping["path"], "give it another path");
        CheckMethod(reader, diagnostics);
        var payload = PayloadFormat.Read(reader, diagnostics) ?? PayloadFormat.Rest;
        if (ReadFunction(mapping, reader, diagnostics) is not { } function)
            return null;
        var authorizer = new AuthorizerReader(reader, diagnostics).Read();
        return new RouteDefinition(path, MethodOf(mapping), function, payload, ReadCors(reader.Nested("cors")), (authorizer as RefusingAuthorizer)?.Reason, mapping.Place)
        {
            Authorizer = authorizer is RefusingAuthorizer or ApiKeyAuthorizer ? null : authorizer,
            ApiKeyRequired = authorizer is ApiKeyAuthorizer || (reader.Boolean("api_key_required") ?? false),
            Api = RouteApi.Read(reader, path, payload, diagnostics),
        };
    }

    private static void CheckMethod(MappingReader route, DiagnosticBag diagnostics)
    {
        if (route.Name("method") is not { } method)
            return;
        if (method.Length == 0 || !char.IsAsciiLetter(method[0]) || !method.All(c => char.IsAsciiLetter(c) || c == '-'))
            diagnostics.Error(DiagnosticCodes.WrongValue, $"{route.Subject}: 'method' is '{method}'", route.Mapping["method"], "allowed is one method such as GET, or ANY");
        else if (!RouteMethods.IsKnown(method))
            diagnostics.Warning(DiagnosticCodes.WrongValue, $"{route.Subject}: 'method' is '{method}', which hardly any client sends", route.Mapping["method"], $"usual are {string.Join(", ", RouteMethods.All)}");
    }

    private static string? ReadFunction(YamlMapping mapping, MappingReader reader, DiagnosticBag diagnostics)
    {
        // Earlier generators wrote `function: {container: name}`.
        var name = mapping["function"] is YamlMapping old
            ? new MappingReader(old, reader.Subject, diagnostics).RequiredName("container", "write function: NAME")
            : reader.RequiredName("function", "name one of the functions of functions.yml");
        if (name is null || FunctionName.IsValid(name))
            return name;
        diagnostics.Error(DiagnosticCodes.WrongValue, $"{reader.Subject}: '{name}' is not a function name", mapping["function"], $"allowed are {FunctionName.Rule}");
        return null;
    }

    private static Cors? ReadCors(MappingReader? cors) =>
        cors is null
            ? null
            : new Cors(
                cors.TextList("allow_origins"),
                cors.TextList("allow_methods"),
                cors.TextList("allow_headers"),
                cors.TextList("expose_headers"),
                cors.Integer("max_age", 0, 86_400),
                cors.Boolean("allow_credentials") ?? false);
}
