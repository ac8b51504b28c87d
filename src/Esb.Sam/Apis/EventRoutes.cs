using Esb.Sam.Apis.Integrations;
using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary><c>Api</c> and <c>HttpApi</c> events of the functions of one template → routes, of an API of any template that is read with it.</summary>
/// <param name="own">The APIs of this template.</param>
/// <param name="known">Those of all templates: parameters and outputs hand them up and down.</param>
/// <param name="context">Where the events stand.</param>
internal sealed class EventRoutes(ApiSet own, IReadOnlyDictionary<string, Api> known, StackContext context)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    public IEnumerable<SamRoute> Of(IEnumerable<ReadFunction> functions) =>
        functions.SelectMany(f => f.Events.Where(e => e.Kind is "Api" or "HttpApi").Select(e => Of(f.Function, e))).OfType<SamRoute>();

    private SamRoute? Of(SamFunction function, FunctionEvent item)
    {
        var isHttp = item.Kind == "HttpApi";
        var properties = item.Properties;
        if (Address(properties, isHttp) is not var (path, method))
            return null;
        var api = ApiOf(item, isHttp);
        if (api.Refused(path) is { } problem)
        {
            _diagnostics.Error(DiagnosticCodes.WrongValue, $"{properties.Subject}: path '{path}': {problem}", properties.Mapping["Path"]);
            return null;
        }

        var auth = properties.Nested("Auth");
        if (!api.TakesEvents)
            return Defined(api, path, method, auth, (function, item));
        var authorizer = api.GuardsUnknown is { } unknown ? Unknown(unknown, auth, item, function.LogicalId) : api.Auth.For(auth, properties.Subject, _diagnostics);
        return api.Route(path, method, function.Name, isHttp ? properties.Text("PayloadFormatVersion") : null, authorizer, item.Node.Place);
    }

    // SAM wants both or neither of them for an HTTP API; neither is the route for what no other one takes.
    private static (string Path, string Method)? Address(MappingReader properties, bool isHttp)
    {
        const string PathHelp = "for example Path: /orders/{id}";
        if (isHttp && IsAbsent(properties.Mapping["Path"]) && IsAbsent(properties.Mapping["Method"]))
            return (RoutePattern.Default, "ANY");
        var (path, method) = (properties.RequiredText("Path", PathHelp), properties.RequiredText("Method", "for example Method: get"));
        if (path is null || method is null)
            return null;
        return (isHttp && path == "/$default" ? RoutePattern.Default : path, method);
    }

    private static bool IsAbsent(YamlNode? node) => node is null or YamlScalar { IsNull: true };

    // The definition decides, on AWS too. A path that it does not have was meant to be answered, and would fall to a broader one.
    private SamRoute? Defined(Api api, string path, string method, MappingReader? auth, (SamFunction Function, FunctionEvent Item) of)
    {
        var property = $"Events.{of.Item.Name.Value}";
        var route = api.Route(path, method, RouteTarget.Nobody(""), null, of.Item.Node.Place);
        if (api.Defined.Any(d => RouteUniqueness.Shape(d.Path) == RouteUniqueness.Shape(route.Path) && (d.Method == route.Method || d.Method == "ANY")))
        {
            if (auth is not null && auth.Mapping.Entries.Count > 0 && auth.Text("Authorizer") != "NONE")
                context.Receipt.Ignored(of.Function.LogicalId, $"{property}.Auth", $"the definition of '{api.Id}' decides who may call", of.Item.Name);
            return null;
        }

        var reason = $"the definition of '{api.Id}' decides its routes, and it has no {route.Method} {path}";
        Close(of.Function.LogicalId, property, of.Item, reason, "write the route into the definition, or beside it as a method or route of its own");
        return api.Route(path, method, RouteTarget.Nobody(reason), null, of.Item.Node.Place) with { IsLost = true };
    }

    // Who may call it, somebody else would say. Only an event that says itself that everybody may is served.
    private YamlMapping? Unknown(string reason, MappingReader? auth, FunctionEvent item, string logicalId)
    {
        var property = $"Events.{item.Name.Value}";
        if (auth?.Text("Authorizer") == "NONE")
        {
            context.Receipt.Approximated(logicalId, property, $"{reason}; the route is served all the same", item.Name);
            return ApiAuth.Open.For(auth, item.Properties.Subject, _diagnostics);
        }

        reason += ", so that nobody knows who may call";
        Close(logicalId, property, item, reason, "to open it to everybody, write Auth: { Authorizer: NONE }");
        return AuthorizerForm.Unsupported(reason);
    }

    private void Close(string logicalId, string property, FunctionEvent item, string reason, string help)
    {
        context.Receipt.Ignored(logicalId, property, $"{reason}; the route is closed", item.Name);
        _diagnostics.Warning(DiagnosticCodes.NotSupported, $"{item.Properties.Subject}: the route is closed: {reason}", item.Name, help);
    }

    private Api ApiOf(FunctionEvent item, bool isHttp)
    {
        var fallback = own[context.NameOf(isHttp ? ApiSet.ImplicitHttpApi : ApiSet.ImplicitRestApi)]!;
        if (item.Properties.Text(isHttp ? "ApiId" : "RestApiId") is not { } named)
            return fallback;
        if ((own[named] ?? known.GetValueOrDefault(named)) is { } api && api.IsHttp == isHttp)
            return api;
        return fallback with { Id = named, Auth = ApiAuth.Open, TakesEvents = true, Defined = [], GuardsUnknown = $"its API '{named}' is in no template that is deployed with it" };
    }
}
