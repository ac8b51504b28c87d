using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Domains that ask for client certificates, which cannot be checked here. Every API of such a domain is closed, as if
/// its own <c>Domain</c> asked for them.
/// </summary>
internal sealed class MutualTls
{
    private const string Reason = "its domain asks for client certificates, which cannot be checked here";

    // Domain names are case-insensitive. If the ids of two resources differ only in case, both are closed.
    private static readonly StringComparer Names = StringComparer.OrdinalIgnoreCase;

    private readonly List<MappedApi> _mapped = [];

    private readonly Dictionary<string, YamlMapping> _closed = new(StringComparer.Ordinal);

    /// <summary>Finds the APIs to close.</summary>
    /// <param name="resources">The resources of all templates.</param>
    /// <param name="known">The APIs of all templates.</param>
    /// <param name="isLedElsewhere">Whether something that ESB does not read leads from domains to APIs.</param>
    public MutualTls(ResourceSet resources, IReadOnlyDictionary<string, Api> known, bool isLedElsewhere)
    {
        Domains = [.. Guarded(resources, known.Values, byText: true)];
        var guarded = Guarded(resources, known.Values, byText: false).ToHashSet(Names);
        var open = resources.Of("AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName")
            .SelectMany(NamesOf)
            .Concat(known.Values.SelectMany(NamesOf))
            .ToHashSet(Names);
        foreach (var api in known.Values.Where(a => NamesOf(a).Any(guarded.Contains)))
            _closed[api.Id] = AuthorizerForm.Closed(Reason);
        foreach (var mapping in resources.Of("AWS::ApiGateway::BasePathMapping", "AWS::ApiGatewayV2::ApiMapping"))
        {
            var id = ResourceSet.Text(mapping.Properties["RestApiId"])
                ?? ResourceSet.Text(mapping.Properties["ApiId"])
                ?? "";
            var domain = ResourceSet.Text(mapping.Properties["DomainName"]) ?? "";
            if (mapping.Type == "AWS::ApiGateway::BasePathMapping" && id.Length == 0)
                CloseAll(mapping, domain, guarded, known.Values);
            else if (!known.ContainsKey(id))
                mapping.Context.Receipt.Ignored(
                    mapping.LogicalId,
                    mapping.Type,
                    $"the API '{id}' is in no template that is deployed with it",
                    mapping.Key);
            else if (guarded.Contains(domain))
                Close(mapping, id);
            if (!guarded.Contains(domain) && !open.Contains(domain) && (id.Length == 0 || known.ContainsKey(id)))
            {
                mapping.Context.Receipt.Ignored(
                    mapping.LogicalId,
                    "DomainName",
                    $"the domain '{domain}' is in no template that is deployed with it, "
                        + "so it is unknown whether it asks for client certificates",
                    mapping.Key);
                foreach (var api in id.Length == 0 ? known.Values.Where(a => !a.IsHttp).Select(a => a.Id) : [id])
                    _mapped.Add(new MappedApi(
                        api, domain, mapping.Context.Receipt.NameOf(mapping.LogicalId), mapping.Key.Place));
            }
        }

        if (!isLedElsewhere)
            NoteUnused(resources, known.Values);
    }

    /// <summary>The names of the domains that ask for client certificates.</summary>
    public IReadOnlyList<string> Domains { get; }

    /// <summary>The APIs whose domains are in other templates.</summary>
    public IReadOnlyList<MappedApi> Mapped => _mapped;

    /// <summary>Closes the APIs of a template whose domains, in other templates, ask for certificates.</summary>
    /// <param name="template">The template.</param>
    /// <param name="domains">The domains of all templates of the deploy.</param>
    /// <param name="diagnostics">Receives a warning for each API.</param>
    public static SamTemplate Close(SamTemplate template, IEnumerable<string> domains, DiagnosticBag diagnostics)
    {
        var guarded = domains.ToHashSet(Names);
        var closed = template.MappedApis.Where(m => guarded.Contains(m.Domain))
            .ToLookup(m => m.Api, StringComparer.Ordinal);
        foreach (var mapped in closed.SelectMany(m => m))
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{mapped.Api}: the routes are closed: {Reason}",
                mapped.Place,
                "leave it out, and control access with an authorizer or a firewall");
        return closed.Count == 0 ? template : template with
        {
            Routes = [.. template.Routes.Select(r => r.Api is { } api && closed.Contains(api)
                ? r with { Authorizer = AuthorizerForm.Closed(Reason) }
                : r)],
            Receipt =
            [
                .. template.Receipt.Where(l => !closed.SelectMany(m => m)
                    .Any(m => m.Mapping == l.Resource && l.Property == "DomainName")),
                .. closed.SelectMany(m => m).Select(m => new ReceiptLine(
                    m.Mapping,
                    "DomainName",
                    Outcome.Ignored,
                    $"{Reason}; the routes of '{m.Api}' are closed",
                    m.Place)),
            ],
        };
    }

    /// <summary>Returns a route unchanged, or closed when a domain of its API asks for certificates.</summary>
    public SamRoute Close(SamRoute route) =>
        route.Api is { } api
            && _closed.TryGetValue(api, out var closed)
            && route.Authorizer?["type"] is not YamlScalar { Value: "unsupported" }
            ? route with { Authorizer = closed }
            : route;

    /// <summary>Removes the lines of domains without a mapping if another template maps them.</summary>
    public static SamTemplate Used(SamTemplate template, IEnumerable<SamTemplate> templates)
    {
        var lines = templates.SelectMany(t => t.MappedApis).Select(m => Unused(m.Domain)).ToHashSet(Names);
        return template.Receipt.Any(l => lines.Contains(l.Reason))
            ? template with { Receipt = [.. template.Receipt.Where(l => !lines.Contains(l.Reason))] }
            : template;
    }

    private static string Unused(string domain) =>
        $"no mapping of these templates leads from '{domain}' to an API, so it closes none";

    private static void NoteUnused(ResourceSet resources, IEnumerable<Api> apis)
    {
        var used = resources.Of("AWS::ApiGateway::BasePathMapping", "AWS::ApiGatewayV2::ApiMapping")
            .Select(m => ResourceSet.Text(m.Properties["DomainName"]) ?? "")
            .Concat(apis.SelectMany(NamesOf))
            .ToHashSet(Names);
        foreach (var domain in resources.Of("AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName"))
        {
            if (domain.Properties["MutualTlsAuthentication"] is YamlMapping && !NamesOf(domain).Any(used.Contains))
                domain.Context.Receipt.Ignored(
                    domain.LogicalId, "MutualTlsAuthentication", Unused(NamesOf(domain).Last()), domain.Key);
        }
    }

    // A mapping without an API applies to all APIs: callers name one of them in the path.
    private void CloseAll(TemplateResource mapping, string domain, HashSet<string> guarded, IEnumerable<Api> apis)
    {
        foreach (var api in guarded.Contains(domain) ? apis.Where(a => !a.IsHttp) : [])
            Close(mapping, api.Id);
    }

    private void Close(TemplateResource mapping, string id)
    {
        _closed[id] = AuthorizerForm.Closed(Reason);
        mapping.Context.Receipt.Ignored(
            mapping.LogicalId, "DomainName", $"{Reason}; the routes of '{id}' are closed", mapping.Key);
        mapping.Context.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{id}: the routes are closed: {Reason}",
            mapping.Key,
            "leave it out, and control access with an authorizer or a firewall");
    }

    // The names of the guarded domains: only the domain names, which other templates use, or the resource ids as well.
    private static IEnumerable<string> Guarded(ResourceSet resources, IEnumerable<Api> apis, bool byText) =>
        resources.Of("AWS::ApiGateway::DomainName", "AWS::ApiGatewayV2::DomainName")
            .Where(d => d.Properties["MutualTlsAuthentication"] is YamlMapping)
            .SelectMany(d => byText ? [ResourceSet.Text(d.Properties["DomainName"]) ?? d.Name] : NamesOf(d))
            .Concat(apis.Where(a => a.Domain?["MutualTlsAuthentication"] is YamlMapping)
                .SelectMany(a => byText ? NamesOf(a).Take(1) : NamesOf(a)));

    // The names of a domain: the name of its resource and, if known, the domain name itself.
    private static IEnumerable<string> NamesOf(TemplateResource domain) =>
        ResourceSet.Text(domain.Properties["DomainName"]) is { } name ? [domain.Name, name] : [domain.Name];

    // SAM creates one resource for each name, whichever API it belongs to.
    private static IEnumerable<string> NamesOf(Api api) =>
        ResourceSet.Text(api.Domain?["DomainName"]) is { } name ? [name, $"{api.Id}DomainName"] : [];
}
