using Esb.Sam.Apis.Plain;
using Esb.Sam.Functions;
using Esb.Sam.Globals;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>All APIs of a template, the implicit ones among them, and the routes that they and the events of functions make.</summary>
internal sealed class ApiSet
{
    /// <summary>The API of <c>Api</c> events that name none.</summary>
    public const string ImplicitRestApi = "ServerlessRestApi";

    /// <summary>The API of <c>HttpApi</c> events that name none.</summary>
    public const string ImplicitHttpApi = "ServerlessHttpApi";

    private readonly OrderedDictionary<string, Api> _apis = new(StringComparer.Ordinal);
    private readonly StackContext _context;
    private readonly Resolver _resolver;

    private ApiSet(Resolver resolver)
    {
        _resolver = resolver;
        _context = resolver.Scope.Context;
    }

    public IEnumerable<Api> All => _apis.Values;

    public static ApiSet Read(ResourceSet resources, Resolver resolver, YamlMapping globals)
    {
        var set = new ApiSet(resolver);
        var reader = new SamApiReader(resolver);
        foreach (var resource in resources.Of("AWS::Serverless::Api", "AWS::Serverless::HttpApi"))
            set.Add(reader.Read(resource.LogicalId, resource.Name, resource.Type == "AWS::Serverless::HttpApi", resource.Properties, resource.Key));
        // Only Globals can configure the implicit ones.
        foreach (var (id, type) in (ReadOnlySpan<(string, string)>)[(ImplicitRestApi, "AWS::Serverless::Api"), (ImplicitHttpApi, "AWS::Serverless::HttpApi")])
        {
            var name = resolver.Scope.Context.NameOf(id);
            if (!set._apis.ContainsKey(name))
                set.Add(reader.Read(id, name, id == ImplicitHttpApi, Common(globals, type, id, resolver), YamlMapping.Empty));
        }

        foreach (var api in RestApiReader.Read(resources, resolver).Concat(HttpApiReader.Read(resources, resolver)))
            set.Add(api);
        return set;
    }

    private static YamlMapping Common(YamlMapping globals, string type, string id, Resolver resolver) =>
        resolver.Resolve(GlobalsMerge.Apply(globals, type, YamlMapping.Empty)) is YamlMapping common ? PropertyRules.Check(id, type, common, resolver.Scope.Context) : YamlMapping.Empty;

    /// <summary>Routes of definitions and events. Of two for the same path and method the later one counts, with a word.</summary>
    /// <param name="functions">With their events.</param>
    /// <param name="known">The APIs of all templates that are read together: parameters and outputs hand them up and down.</param>
    public IReadOnlyList<SamRoute> Routes(IEnumerable<ReadFunction> functions, IReadOnlyDictionary<string, Api> known)
    {
        var events = functions
            .SelectMany(f => f.Events.Where(e => e.Kind is "Api" or "HttpApi").Select(e => OfEvent(f.Function, e, known)))
            .OfType<SamRoute>()
            .ToLookup(r => r.Api, StringComparer.Ordinal);
        var own = _apis.Values.SelectMany(a => Of(a, [.. events[a.Id]]));
        var others = events.Where(e => !_apis.ContainsKey(e.Key!)).SelectMany(e => e);
        return Unique([.. own, .. others]);
    }

    // In a REST API that merges, an event is stronger than the definition; in an HTTP API it fills in what the definition leaves open.
    private static IEnumerable<SamRoute> Of(Api api, List<SamRoute> events)
    {
        if (api.IsHttp)
        {
            var defined = api.Defined.Where(d => d.IsAnswered).Select(Key).ToHashSet(StringComparer.Ordinal);
            List<SamRoute> added = [.. events.Where(e => !defined.Contains(Key(e)))];
            var filled = added.Select(Key).ToHashSet(StringComparer.Ordinal);
            return [.. api.Defined.Where(d => !filled.Contains(Key(d))), .. added];
        }

        var own = events.Select(Key).ToHashSet(StringComparer.Ordinal);
        return [.. api.Defined.Where(d => !own.Contains(Key(d))), .. events];
    }

    private static string Key(SamRoute route) => $"{route.Method} {route.Path}";

    private void Add(Api api) => _apis[api.Id] = api;

    private SamRoute? OfEvent(SamFunction function, FunctionEvent item, IReadOnlyDictionary<string, Api> known)
    {
        var isHttp = item.Kind == "HttpApi";
        var properties = item.Properties;
        var path = isHttp ? properties.Text("Path") : properties.RequiredText("Path", "for example Path: /orders/{id}");
        var method = isHttp ? properties.Text("Method") ?? "ANY" : properties.RequiredText("Method", "for example Method: get");
        if (method is null || (path is null && !isHttp))
            return null;
        if (path is null or "/$default")
            path = RoutePattern.Default;
        if (RoutePattern.Problem(path) is { } problem)
        {
            _context.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{properties.Subject}: path '{path}': {problem}", properties.Mapping["Path"]);
            return null;
        }

        var logicalId = function.LogicalId;
        if (ApiOf(item, isHttp, logicalId, known) is not { } api)
            return null;
        if (!api.TakesEvents)
        {
            if (!api.Defined.Any(r => r.Path == api.Route(path, "ANY", "", null, null, default).Path))
                _context.Receipt.Approximated(logicalId, $"Events.{item.Name.Value}", $"the definition of '{api.Id}' decides its routes, and it has no path {path}", item.Name);
            return null;
        }

        var own = properties.Nested("Auth");
        var authorizer = api.IsElsewhere ? Elsewhere(api, own, item, logicalId) : api.Auth.For(own, properties.Subject, _context.Diagnostics);
        return api.Route(path, method, function.Name, isHttp ? properties.Text("PayloadFormatVersion") : null, authorizer, item.Node.Place);
    }

    // Who may call it, the API would say. Only an event that says itself that everybody may is served.
    private YamlMapping? Elsewhere(Api api, MappingReader? own, FunctionEvent item, string logicalId)
    {
        var property = $"Events.{item.Name.Value}";
        if (own?.Text("Authorizer") == "NONE")
        {
            _context.Receipt.Approximated(logicalId, property, $"the API '{api.Id}' is not in this template; the route is served all the same", item.Name);
            return ApiAuth.Open.For(own, item.Properties.Subject, _context.Diagnostics);
        }

        var reason = $"its API '{api.Id}' is in no template that is deployed with it, so that nobody knows who may call";
        _context.Receipt.Ignored(logicalId, property, $"{reason}; the route is closed", item.Name);
        _context.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{item.Properties.Subject}: the route is closed: {reason}", item.Name, "to open it to everybody, write Auth: { Authorizer: NONE }");
        return AuthorizerForm.Unsupported(reason);
    }

    private Api? ApiOf(FunctionEvent item, bool isHttp, string logicalId, IReadOnlyDictionary<string, Api> known)
    {
        var key = isHttp ? "ApiId" : "RestApiId";
        if (item.Properties.Text(key) is not { } named)
            return _apis[_context.NameOf(isHttp ? ImplicitHttpApi : ImplicitRestApi)];
        if ((_apis.TryGetValue(named, out var api) || known.TryGetValue(named, out api)) && api.IsHttp == isHttp)
            return api;
        if (_resolver.Scope.Resources[named] is YamlMapping)
        {
            // An API whose condition is false is not there, and neither are its routes.
            _context.Receipt.Ignored(logicalId, $"Events.{item.Name.Value}", $"its API '{named}' is not made, or of another kind", item.Name);
            return null;
        }

        return _apis[_context.NameOf(isHttp ? ImplicitHttpApi : ImplicitRestApi)] with { Id = named, Auth = ApiAuth.Open, IsElsewhere = true };
    }

    private List<SamRoute> Unique(List<SamRoute> routes)
    {
        var last = new OrderedDictionary<string, SamRoute>(StringComparer.Ordinal);
        foreach (var route in routes)
        {
            var key = Key(route);
            if (last.TryGetValue(key, out var before))
            {
                var at = new YamlMapping([], route.Place);
                if (before.Api == route.Api)
                    _context.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{key} stands here a second time in the API '{route.Api}', first on line {before.Place.Line}", at, "give each a path or method of its own");
                else
                    _context.Diagnostics.Warning(DiagnosticCodes.Shadowed, $"{key} is of two APIs, '{before.Api}' and '{route.Api}'; the box has one address, the later one is served", at);
                last.Remove(key);
            }

            last[key] = route;
        }

        return [.. last.Values];
    }
}
