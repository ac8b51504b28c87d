using Esb.Sam.Apis.Integrations;
using Esb.Sam.Apis.OpenApi;
using Esb.Sam.Functions;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Turns <c>Api</c> and <c>HttpApi</c> events of the functions of one template into routes, for APIs of any template
/// that is read with it.
/// </summary>
/// <param name="own">The APIs of this template.</param>
/// <param name="known">
/// The APIs of all templates, because parameters and outputs can pass an API to another template.
/// </param>
/// <param name="context">The template of the events.</param>
internal sealed class EventRoutes(ApiSet own, IReadOnlyDictionary<string, Api> known, StackContext context)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    public IEnumerable<SamRoute> Of(IEnumerable<ReadFunction> functions) =>
        functions.SelectMany(f => f.Events.Where(e => e.Kind is "Api" or "HttpApi").Select(e => Of(f.Function, e)))
            .OfType<SamRoute>();

    /// <summary>
    /// The routes of a state machine. They are closed, so that no broader route takes their requests.
    /// </summary>
    public IEnumerable<SamRoute> OfMachine(TemplateResource machine)
    {
        foreach (var (name, node) in (machine.Properties["Events"] as YamlMapping)?.Entries ?? [])
        {
            if (node is YamlMapping item && OfMachine(machine, name, item) is { } route)
                yield return route;
        }
    }

    private SamRoute? OfMachine(TemplateResource machine, YamlScalar name, YamlMapping item)
    {
        const string Reason = "state machines are not run";
        var type = ResourceSet.Text(item["Type"]);
        var properties = new MappingReader(
            item["Properties"] as YamlMapping ?? new YamlMapping([], item.Place),
            $"{machine.LogicalId}, event '{name.Value}'",
            _diagnostics);
        if (type is not ("Api" or "HttpApi") || Address(properties, type == "HttpApi") is not var (path, method))
            return null;
        var read = new FunctionEvent(name, type, properties, item);
        var api = ApiOf(read, type == "HttpApi");
        if (api.Refused(path) is not null)
            return null;
        Close(machine.LogicalId, $"Events.{name.Value}", read, Reason, "give the path to a function");
        return api.Route(path, method, RouteTarget.None(Reason), null, item.Place) with { HasUnknownApi = true };
    }

    private SamRoute? Of(SamFunction function, FunctionEvent item)
    {
        var isHttp = item.Kind == "HttpApi";
        var properties = item.Properties;
        if (Address(properties, isHttp) is not var (path, method))
            return null;
        var api = ApiOf(item, isHttp);
        var auth = properties.Nested("Auth");
        if (OnlyPermits(api, auth, path, method))
        {
            NotePermission(api, auth, function.LogicalId, item);
            return null;
        }

        if (Problem(api, path, method) is var (key, problem))
        {
            _diagnostics.Error(
                DiagnosticCodes.WrongValue, $"{properties.Subject}: {problem}", properties.Mapping[key]);
            return null;
        }

        // SAM checks this only for APIs of the same template, and only when the Auth of the event has an effect.
        if (api.GuardsUnknown is null
            && own[api.Id] is not null
            && (api.TakesEvents || auth?.Boolean("OverrideApiAuth") == true))
            api.Auth.CheckRedundant(auth, properties.Subject, _diagnostics);
        if (!api.TakesEvents)
            return Defined(api, path, method, auth, (function, item));
        var authorizer = api.GuardsUnknown is { } unknown ? Unknown(unknown, auth, item, function.LogicalId)
            : api.Guards is { } guards ? OfDefinition(api, guards, (path, method), auth, item, isBeside: isHttp)
            : api.Auth.For(auth, Api.MethodOf(method) == "OPTIONS", properties.Subject, _diagnostics);
        var payload = isHttp ? properties.Text("PayloadFormatVersion") : null;
        var route = api.Route(path, method, function.Name, payload, authorizer, item.Node.Place);
        return route with { ClosesApi = AuthPolicy.ReasonOf(auth) };
    }

    private static (string Key, string Problem)? Problem(Api api, string path, string method)
    {
        if (api.Refused(path) is { } problem)
            return ("Path", $"path '{path}': {problem}");
        // SAM writes it into the definition as it is, where it is not a method.
        return method == "*" && api.GuardsUnknown is null
            ? ("Method", $"there is no method '*'; allowed: {string.Join(", ", RouteMethods.All)}")
            : null;
    }

    // SAM adds such an event to the permissions of the function only, and there '*' is a wildcard.
    private static bool OnlyPermits(Api api, MappingReader? auth, string path, string method) =>
        !api.TakesEvents
            && api.GuardsUnknown is null
            && auth?.Boolean("OverrideApiAuth") != true
            && (method == "*" || path.Contains('*', StringComparison.Ordinal));

    private void NotePermission(Api api, MappingReader? auth, string logicalId, FunctionEvent item)
    {
        var property = $"Events.{item.Name.Value}";
        context.Receipt.Approximated(
            logicalId, property, $"it permits calls; the definition of '{api.Id}' decides its routes", item.Name);
        if (auth is { Mapping.Entries.Count: > 0 })
            context.Receipt.Ignored(
                logicalId, $"{property}.Auth", $"the definition of '{api.Id}' controls access", item.Name);
    }

    // The definition may guard the operation that the event creates or extends.
    private YamlMapping? OfDefinition(
        Api api,
        OperationGuards guards,
        (string Path, string Method) route,
        MappingReader? auth,
        FunctionEvent item,
        bool isBeside)
    {
        if (auth is not null)
        {
            AuthPolicy.Check(auth, "the routes of its API are", _diagnostics);
            api.Auth.CheckName(auth, item.Properties.Subject, _diagnostics);
        }

        var said = guards.OfEvent(Api.MethodOf(route.Method), route.Path, auth, item.Node.Place, isBeside);
        return AuthPolicy.ReasonOf(auth) is { } reason ? AuthorizerForm.Closed(reason) : said.Authorizer;
    }

    // For an HTTP API, SAM expects both Path and Method or neither; an event without them has the catch-all route.
    private static (string Path, string Method)? Address(MappingReader properties, bool isHttp)
    {
        const string PathHelp = "for example Path: /orders/{id}";
        if (isHttp && IsAbsent(properties.Mapping["Path"]) && IsAbsent(properties.Mapping["Method"]))
            return (RoutePattern.Default, "ANY");
        var (path, method) =
            (properties.RequiredText("Path", PathHelp), properties.RequiredText("Method", "for example Method: get"));
        if (path is null || method is null)
            return null;
        return (isHttp && path == "/$default" ? RoutePattern.Default : path, method);
    }

    private static bool IsAbsent(YamlNode? node) => node is null or YamlScalar { IsNull: true };

    // As on AWS, the definition decides which routes exist. A broader route must not get the requests for a path that
    // the definition does not have.
    private SamRoute? Defined(
        Api api,
        string path,
        string method,
        MappingReader? auth,
        (SamFunction Function, FunctionEvent Item) of)
    {
        var property = $"Events.{of.Item.Name.Value}";
        var route = api.Route(path, method, RouteTarget.None(""), null, of.Item.Node.Place);
        if (auth?.Boolean("OverrideApiAuth") == true
            && api.Guards is { } guards
            && api.Defined.Any(d => ApiSet.IsSame(d, route)))
        {
            var authorizer = OfDefinition(api, guards, (path, method), auth, of.Item, isBeside: true);
            return api.Route(path, method, RouteTarget.None(""), null, of.Item.Node.Place) with
            {
                OnlyGuards = true,
                Authorizer = authorizer,
                ClosesApi = AuthPolicy.ReasonOf(auth),
            };
        }

        if (api.Defined.Any(d => RouteShape.Of(d.Path) == RouteShape.Of(route.Path)
            && (d.Method == route.Method || d.Method == "ANY")))
        {
            if (auth is not null && auth.Mapping.Entries.Count > 0)
                context.Receipt.Ignored(
                    of.Function.LogicalId,
                    $"{property}.Auth",
                    $"the definition of '{api.Id}' controls access",
                    of.Item.Name);
            return null;
        }

        var reason = $"the definition of '{api.Id}' decides its routes, and it has no {route.Method} {path}";
        Close(of.Function.LogicalId, property, of.Item, reason, "add the route to the definition, "
            + "or define it as a separate method or route");
        var closed = api.Route(path, method, RouteTarget.None(reason), null, of.Item.Node.Place);
        return closed with { HasUnknownApi = true };
    }

    // The guards of the API are unknown, so the route is served only if the event itself opens it to everybody.
    private YamlMapping? Unknown(string reason, MappingReader? auth, FunctionEvent item, string logicalId)
    {
        var property = $"Events.{item.Name.Value}";
        if (auth?.Text("Authorizer") == "NONE")
        {
            context.Receipt.Approximated(logicalId, property, $"{reason}; the route is served all the same", item.Name);
            return ApiAuth.Open.For(auth, isPreflight: false, item.Properties.Subject, _diagnostics);
        }

        reason += ", so it is unknown who has access";
        Close(logicalId, property, item, reason, "to open it to everybody, write Auth: { Authorizer: NONE }");
        return AuthorizerForm.Closed(reason);
    }

    private void Close(string logicalId, string property, FunctionEvent item, string reason, string help)
    {
        context.Receipt.Ignored(logicalId, property, $"{reason}; the route is closed", item.Name);
        _diagnostics.Warning(
            DiagnosticCodes.NotSupported, $"{item.Properties.Subject}: the route is closed: {reason}", item.Name, help);
    }

    private Api ApiOf(FunctionEvent item, bool isHttp)
    {
        var property = NamedApis.Property(isHttp);
        if (item.Properties.Text(property) is null && context.Omitted.Contains((item.Properties.Mapping, property)))
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{item.Properties.Subject}: '{property}' is AWS::NoValue, so the guard of its API would be lost",
                item.Name,
                "name the API; leave the property out for the API that SAM creates itself");
        var named = NamedApis.Of(item.Properties.Mapping, isHttp, context);
        if ((own[named] ?? known.GetValueOrDefault(named)) is { } api && api.IsHttp == isHttp)
            return api;
        return new Api
        {
            Id = named,
            IsHttp = isHttp,
            Stage = Api.DefaultStage(isHttp),
            GuardsUnknown = $"its API '{named}' is in no template that is deployed with it",
        };
    }
}
