using Esb.Sam.Apis.Plain;
using Esb.Sam.Globals;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>All APIs of a template, the implicit ones among them, with the routes that are defined beside events.</summary>
internal sealed class ApiSet
{
    /// <summary>The API of <c>Api</c> events that name none.</summary>
    public const string ImplicitRestApi = "ServerlessRestApi";

    /// <summary>The API of <c>HttpApi</c> events that name none.</summary>
    public const string ImplicitHttpApi = "ServerlessHttpApi";

    private readonly OrderedDictionary<string, Api> _apis = new(StringComparer.Ordinal);

    private ApiSet()
    {
    }

    public IEnumerable<Api> All => _apis.Values;

    /// <summary>The one that <c>Ref</c> gives this id of; null when it is not in this template.</summary>
    public Api? this[string id] => _apis.GetValueOrDefault(id);

    /// <summary>Reads the APIs of one template.</summary>
    /// <param name="resources">Of this template.</param>
    /// <param name="plain">The routes of resources of their own, of all templates.</param>
    /// <param name="resolver">Of this template.</param>
    /// <param name="globals">Of this template.</param>
    /// <param name="named">The APIs of all events: SAM makes one itself only for an event that names none.</param>
    /// <param name="closing">Of all templates.</param>
    public static ApiSet Read(ResourceSet resources, PlainRoutes plain, Resolver resolver, YamlMapping globals, IReadOnlySet<string> named, ClosingResources closing)
    {
        var set = new ApiSet();
        var reader = new SamApiReader(closing, resolver);
        foreach (var resource in resources.Of("AWS::Serverless::Api", "AWS::Serverless::HttpApi"))
            set.Add(plain.AddTo(reader.Read(resource.LogicalId, resource.Name, resource.Type == "AWS::Serverless::HttpApi", resource.Properties, resource.Key)));
        // Only Globals can configure the implicit ones.
        foreach (var (id, type) in (ReadOnlySpan<(string, string)>)[(ImplicitRestApi, "AWS::Serverless::Api"), (ImplicitHttpApi, "AWS::Serverless::HttpApi")])
        {
            var name = resolver.Scope.Context.NameOf(id);
            if (set._apis.ContainsKey(name))
                continue;
            if (named.Contains(name) || plain.Has(name))
                set.Add(plain.AddTo(reader.Read(id, name, id == ImplicitHttpApi, Common(globals, type, id, resolver), YamlMapping.Empty)));
            else if (!resources.Of(type).Any())
                Common(globals, type, id, resolver);
        }

        foreach (var api in RestApiReader.Read(resources, plain, closing, resolver).Concat(HttpApiReader.Read(resources, plain, closing, resolver)))
            set.Add(plain.AddTo(api));
        return set;
    }

    // Of what no API takes the form is looked at all the same.
    private static YamlMapping Common(YamlMapping globals, string type, string id, Resolver resolver) =>
        resolver.Resolve(new WordsOfAuth(resolver).Read(id, type, GlobalsMerge.Apply(globals, type, YamlMapping.Empty, resolver))) is YamlMapping common ? PropertyRules.Check(id, type, common, resolver.Scope.Context) : YamlMapping.Empty;

    /// <summary>
    /// The routes of an API. In a REST API that merges, an event is stronger than the definition; in an HTTP API it fills in what the definition
    /// leaves open.
    /// </summary>
    /// <param name="api">The API.</param>
    /// <param name="context">The template it stands in.</param>
    /// <param name="events">Routes that events make of it, each with its template.</param>
    public static IEnumerable<(StackContext Context, SamRoute Route)> Routes(Api api, StackContext context, IReadOnlyCollection<(StackContext Context, SamRoute Route)> events)
    {
        List<(StackContext, SamRoute)> defined = [];
        HashSet<SamRoute> taken = new(ReferenceEqualityComparer.Instance);
        foreach (var route in api.Defined)
        {
            var own = events.Select(e => e.Route).Where(e => !e.IsLost && IsSame(e, route)).ToList();
            // One that only guards, or that an HTTP API has no use for, still says who may call.
            var guards = own.Where(e => e.OnlyGuards || (api.IsHttp && route.IsAnswered)).ToList();
            taken.UnionWith(guards);
            if (route.IsPlain && own.Find(e => !e.OnlyGuards) is { } made)
                context.Diagnostics.Error(DiagnosticCodes.WrongValue, $"{route.Method} {route.Path} of the API '{api.Id}' is made by an event, on line {made.Place.Line}, and by a resource of its own", new YamlMapping([], route.Place), "leave one of them out: AWS refuses the second");
            if (own.Count > guards.Count)
                continue;
            route.Say?.Invoke();
            defined.Add((context, guards.Count == 0 || api.Closed is not null || !route.IsAnswered ? route : route with { Authorizer = guards[^1].Authorizer }));
        }

        List<(StackContext Context, SamRoute Route)> all = [.. defined, .. events.Where(e => !taken.Contains(e.Route))];
        return events.FirstOrDefault(e => e.Route.ClosesApi is not null).Route?.ClosesApi is { } reason
            ? all.Select(r => (r.Context, r.Route with { Authorizer = AuthorizerForm.Unsupported(reason) }))
            : all;
    }

    /// <summary>Whether an event is of a route of a definition. Two of one shape with other names are not: AWS refuses the second.</summary>
    public static bool IsSame(SamRoute one, SamRoute other) => one.Method == other.Method && one.Path.TrimEnd('/') == other.Path.TrimEnd('/');

    private void Add(Api api) => _apis[api.Id] = api;
}
