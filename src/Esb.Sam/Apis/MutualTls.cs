using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Domains that ask for certificates of clients, which cannot be checked here: every API that one of them leads to is closed, as one whose own
/// <c>Domain</c> says it.
/// </summary>
internal sealed class MutualTls
{
    private const string Reason = "its domain asks for certificates of clients, which cannot be checked here";

    // Names of domains have no case; of two resources whose ids differ in it alone both are closed.
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    private readonly List<MappedApi> _mapped = [];

    private readonly Dictionary<string, YamlMapping> _closed = new(StringComparer.Ordinal);

    /// <summary>Finds the APIs.</summary>
    /// <param name="resources">Of all templates.</param>
    /// <param name="known">The APIs of all templates.</param>
    public MutualTls(ResourceSet resources, IReadOnlyDictionary<string, Api> known)
    {
        Domains = [.. Guarded(resources, known.Values, byText: true)];
        var guarded = Guarded(resources, known.Values, byText: false).ToHashSet(Names);
        var open = resources.Of("AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName").SelectMany(NamesOf).Concat(known.Values.SelectMany(NamesOf)).ToHashSet(Names);
        foreach (var api in known.Values.Where(a => NamesOf(a).Any(guarded.Contains)))
            _closed[api.Id] = AuthorizerForm.Unsupported(Reason);
        foreach (var mapping in resources.Of("AWS::ApiGateway::BasePathMapping", "AWS::ApiGatewayV2::ApiMapping"))
        {
            var id = ResourceSet.Text(mapping.Properties["RestApiId"]) ?? ResourceSet.Text(mapping.Properties["ApiId"]) ?? "";
            var domain = ResourceSet.Text(mapping.Properties["DomainName"]) ?? "";
            if (mapping.Type == "AWS::ApiGateway::BasePathMapping" && id.Length == 0)
                CloseAll(mapping, domain, guarded, known.Values);
            else if (!known.ContainsKey(id))
                mapping.Context.Receipt.Ignored(mapping.LogicalId, mapping.Type, $"the API '{id}' is in no template that is deployed with it", mapping.Key);
            else if (guarded.Contains(domain))
                Close(mapping, id);
            if (!guarded.Contains(domain) && !open.Contains(domain) && (id.Length == 0 || known.ContainsKey(id)))
            {
                mapping.Context.Receipt.Ignored(mapping.LogicalId, "DomainName", $"the domain '{domain}' is in no template that is deployed with it, so that nobody knows whether it asks for certificates of clients", mapping.Key);
                foreach (var api in id.Length == 0 ? known.Values.Where(a => !a.IsHttp).Select(a => a.Id) : [id])
                    _mapped.Add(new MappedApi(api, domain, mapping.Context.Receipt.NameOf(mapping.LogicalId), mapping.Key.Place));
            }
        }
    }

    /// <summary>The names of the domains.</summary>
    public IReadOnlyList<string> Domains { get; }

    /// <summary>The APIs that domains of other templates lead to.</summary>
    public IReadOnlyList<MappedApi> Mapped => _mapped;

    /// <summary>A template whose APIs are closed that domains of others, which ask for certificates, lead to.</summary>
    /// <param name="template">The template.</param>
    /// <param name="domains">Of all templates of the deploy.</param>
    /// <param name="diagnostics">Takes a warning for each.</param>
    public static SamTemplate Close(SamTemplate template, IEnumerable<string> domains, DiagnosticBag diagnostics)
    {
        var guarded = domains.ToHashSet(Names);
        var closed = template.MappedApis.Where(m => guarded.Contains(m.Domain)).ToLookup(m => m.Api, StringComparer.Ordinal);
        foreach (var mapped in closed.SelectMany(m => m))
            diagnostics.Warning(DiagnosticCodes.NotSupported, $"{mapped.Api}: the routes are closed: {Reason}", mapped.Place, "leave it out, and let an authorizer or a firewall say who may call");
        return closed.Count == 0 ? template : template with
        {
            Routes = [.. template.Routes.Select(r => r.Api is { } api && closed.Contains(api) ? r with { Authorizer = AuthorizerForm.Unsupported(Reason) } : r)],
            Receipt =
            [
                .. template.Receipt.Where(l => !closed.SelectMany(m => m).Any(m => m.Mapping == l.Resource && l.Property == "DomainName")),
                .. closed.SelectMany(m => m).Select(m => new ReceiptLine(m.Mapping, "DomainName", Outcome.Ignored, $"{Reason}; the routes of '{m.Api}' are closed", m.Place)),
            ],
        };
    }

    /// <summary>A route as it is, or closed when a domain of its API asks for certificates.</summary>
    public SamRoute Close(SamRoute route) =>
        route.Api is { } api && _closed.TryGetValue(api, out var closed) && route.Authorizer?["type"] is not YamlScalar { Value: "unsupported" } ? route with { Authorizer = closed } : route;

    // Without an API it leads to all of them: callers name one in their path.
    private void CloseAll(TemplateResource mapping, string domain, HashSet<string> guarded, IEnumerable<Api> apis)
    {
        foreach (var api in guarded.Contains(domain) ? apis.Where(a => !a.IsHttp) : [])
            Close(mapping, api.Id);
    }

    private void Close(TemplateResource mapping, string id)
    {
        _closed[id] = AuthorizerForm.Unsupported(Reason);
        mapping.Context.Receipt.Ignored(mapping.LogicalId, "DomainName", $"{Reason}; the routes of '{id}' are closed", mapping.Key);
        mapping.Context.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{id}: the routes are closed: {Reason}", mapping.Key, "leave it out, and let an authorizer or a firewall say who may call");
    }

    // By their texts alone, by which other templates know them, or by the ids of resources too.
    private static IEnumerable<string> Guarded(ResourceSet resources, IEnumerable<Api> apis, bool byText) =>
        resources.Of("AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName").Where(d => d.Properties["MutualTlsAuthentication"] is YamlMapping)
            .SelectMany(d => byText ? [ResourceSet.Text(d.Properties["DomainName"]) ?? d.Name] : NamesOf(d))
            .Concat(apis.Where(a => a.Domain?["MutualTlsAuthentication"] is YamlMapping).SelectMany(a => byText ? NamesOf(a).Take(1) : NamesOf(a)));

    // By its text, or by the resource.
    private static IEnumerable<string> NamesOf(TemplateResource domain) => ResourceSet.Text(domain.Properties["DomainName"]) is { } name ? [domain.Name, name] : [domain.Name];

    // SAM makes one resource for each name, whichever of its APIs says it.
    private static IEnumerable<string> NamesOf(Api api) => ResourceSet.Text(api.Domain?["DomainName"]) is { } name ? [name, $"{api.Id}DomainName"] : [];
}
