using Esb.Sam.Apis.Plain;
using Esb.Sam.Globals;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// All APIs of a template, including the implicit ones, with the routes that are defined outside events.
/// </summary>
internal sealed class ApiSet
{
    /// <summary>The implicit API of <c>Api</c> events that name no API.</summary>
    public const string ImplicitRestApi = "ServerlessRestApi";

    /// <summary>The implicit API of <c>HttpApi</c> events that name no API.</summary>
    public const string ImplicitHttpApi = "ServerlessHttpApi";

    private readonly OrderedDictionary<string, Api> _apis = new(StringComparer.Ordinal);

    private ApiSet()
    {
    }

    public IEnumerable<Api> All => _apis.Values;

    /// <summary>The API with this result of <c>Ref</c>; null when it is not in this template.</summary>
    public Api? this[string id] => _apis.GetValueOrDefault(id);

    /// <summary>Reads the APIs of one template.</summary>
    /// <param name="resources">The resources of this template.</param>
    /// <param name="plain">The routes that are separate resources, in all templates.</param>
    /// <param name="resolver">The resolver of this template.</param>
    /// <param name="globals">The Globals of this template.</param>
    /// <param name="named">
    /// The APIs of all events. SAM creates an implicit API only for events that name no API.
    /// </param>
    /// <param name="unread">The guards in all templates that ESB does not read.</param>
    public static ApiSet Read(
        ResourceSet resources,
        PlainRoutes plain,
        Resolver resolver,
        YamlMapping globals,
        IReadOnlySet<string> named,
        UnreadGuards unread)
    {
        var set = new ApiSet();
        var reader = new SamApiReader(unread, resolver);
        foreach (var resource in resources.Of("AWS::Serverless::Api", "AWS::Serverless::HttpApi"))
            set.Add(plain.AddTo(reader.Read(
                resource.LogicalId,
                resource.Name,
                resource.Type == "AWS::Serverless::HttpApi",
                resource.Properties,
                resource.Key)));
        // The implicit APIs can be configured in Globals only.
        foreach (var (id, type) in (ReadOnlySpan<(string, string)>)[
            (ImplicitRestApi, "AWS::Serverless::Api"), (ImplicitHttpApi, "AWS::Serverless::HttpApi"),
        ])
        {
            var name = resolver.Scope.Context.NameOf(id);
            if (set._apis.ContainsKey(name))
                continue;
            if (named.Contains(name) || plain.Has(name))
                set.Add(plain.AddTo(reader.Read(
                    id, name, id == ImplicitHttpApi, Common(globals, type, id, resolver), YamlMapping.Empty)));
            else if (!resources.Of(type).Any())
                Common(globals, type, id, resolver);
        }

        foreach (var api in RestApiReader.Read(resources, plain, unread, resolver)
            .Concat(HttpApiReader.Read(resources, plain, unread, resolver)))
            set.Add(plain.AddTo(api));
        return set;
    }

    // These properties are checked even when no API uses them.
    private static YamlMapping Common(YamlMapping globals, string type, string id, Resolver resolver) =>
        resolver.Resolve(new WordsOfSam(resolver)
            .Read(id, type, GlobalsMerge.Apply(globals, id, type, YamlMapping.Empty, resolver))) is YamlMapping common
            ? PropertyRules.Check(id, type, common, resolver.Scope.Context)
            : YamlMapping.Empty;

    /// <summary>
    /// Returns the routes of an API. In a REST API with <c>MergeDefinitions</c>, events override the definition; in an
    /// HTTP API, they add to it.
    /// </summary>
    /// <param name="api">The API.</param>
    /// <param name="context">The template of the API.</param>
    /// <param name="events">The routes that events add to it, each with its template.</param>
    public static IEnumerable<(StackContext Context, SamRoute Route)> Routes(
        Api api,
        StackContext context,
        IReadOnlyCollection<(StackContext Context, SamRoute Route)> events)
    {
        List<(StackContext, SamRoute)> defined = [];
        HashSet<SamRoute> taken = new(ReferenceEqualityComparer.Instance);
        foreach (var route in api.Defined)
        {
            var own = events.Select(e => e.Route).Where(e => !e.HasUnknownApi && IsSame(e, route)).ToList();
            // An event still guards the route when it only adds a guard, or when the definition of an HTTP API already
            // has an answer.
            var guards = own.Where(e => e.OnlyGuards || (api.IsHttp && route.IsAnswered)).ToList();
            taken.UnionWith(guards);
            if (route.IsPlain && own.Find(e => !e.OnlyGuards) is { } made)
                context.Diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"{route.Method} {route.Path} of the API '{api.Id}' is defined by an event, "
                        + $"on line {made.Place.Line}, and by a separate resource",
                    new YamlMapping([], route.Place),
                    "leave one of them out: AWS refuses the second");
            if (own.Count > guards.Count)
                continue;
            route.Report?.Invoke();
            defined.Add((context, guards.Count == 0 || api.Closed is not null || !route.IsAnswered
                ? route
                : route with { Authorizer = guards[^1].Authorizer }));
        }

        List<(StackContext Context, SamRoute Route)> all = [.. defined, .. events.Where(e => !taken.Contains(e.Route))];
        return events.FirstOrDefault(e => e.Route.ClosesApi is not null).Route?.ClosesApi is { } reason
            ? all.Select(r => (r.Context, r.Route with { Authorizer = AuthorizerForm.Closed(reason) }))
            : all;
    }

    /// <summary>
    /// Whether an event belongs to a route of a definition. Two paths that differ only in the names of their variables
    /// do not match, because AWS refuses the second.
    /// </summary>
    public static bool IsSame(SamRoute one, SamRoute other) =>
        one.Method == other.Method && one.Path.TrimEnd('/') == other.Path.TrimEnd('/');

    private void Add(Api api) => _apis[api.Id] = api;
}
