using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Resources that control access to an API and are not read here: overrides of a quick-create API, firewalls, and rules
/// and mappings of domains that ask for client certificates or have a policy. Each closes the API that it refers to,
/// whichever template that API is in, or all APIs when the reference is unknown.
/// </summary>
internal sealed class UnreadGuards
{
    private static readonly string[] Domains =
        ["AWS::ApiGateway::DomainName", "AWS::ApiGateway::DomainNameV2", "AWS::ApiGatewayV2::DomainName"];

    private readonly HashSet<string> _known;

    /// <summary>Finds the unread guards.</summary>
    /// <param name="stacks">The templates that are read together, with their resources.</param>
    public UnreadGuards(IReadOnlyList<(Resolver Resolver, ResourceSet Resources)> stacks)
    {
        _known = stacks.SelectMany(s => Known(s.Resolver, s.Resources)).ToHashSet(StringComparer.Ordinal);
        All = [.. stacks.SelectMany(s => In(s.Resolver))];
        GuardsDomain = stacks.Any(s => s.Resolver.Trial() is var trial
            && s.Resolver.Scope.Resources.Entries.Any(e => IsGuarded(e.Key.Value, e.Value, s.Resolver, trial)));
    }

    /// <summary>The unread guards, in the order of the templates.</summary>
    public IReadOnlyList<UnreadGuard> All { get; }

    /// <summary>
    /// The unread guards that refer to no API of these templates, or whose domain may be in another one. They are for
    /// the other templates of a deploy.
    /// </summary>
    public IReadOnlyList<UnreadGuard> Elsewhere =>
        [.. All.Where(g => g.IsOfDomain || !g.Apis.Any(_known.Contains))];

    /// <summary>Whether a domain of the templates restricts access.</summary>
    public bool GuardsDomain { get; }

    /// <summary>The reason why an API is closed; null when it is not.</summary>
    /// <param name="api">
    /// The name of the API in the warning. Null for an implicit API, which exists whether it is used or not; its routes
    /// have their own lines.
    /// </param>
    /// <param name="id">The result of <c>Ref</c> of the API.</param>
    /// <param name="diagnostics">Receives the warning.</param>
    public string? Closes(string? api, string id, DiagnosticBag diagnostics)
    {
        var found = Of(id);
        if (api is not null && found is not null)
            Warn(api, found, diagnostics);
        return found?.Reason;
    }

    /// <summary>Closes a route whose API is in no template if a resource refers to that API or may do so.</summary>
    public SamRoute Close(SamRoute route) =>
        route.Api is { } api && route.Closed is null && Of(api) is { } found
            ? route with { Authorizer = AuthorizerForm.Closed(found.Reason) }
            : route;

    private UnreadGuard? Of(string id) =>
        All.FirstOrDefault(g => (!g.IsOfDomain || GuardsDomain) && g.AppliesTo(id, _known));

    /// <summary>Warns that something closes an API.</summary>
    public static void Warn(string api, UnreadGuard found, DiagnosticBag diagnostics) =>
        diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{api}: the routes are closed: {found.Reason}",
            found.Place,
            "leave it out, and control access with an authorizer or a firewall");

    private static IEnumerable<string> Known(Resolver resolver, ResourceSet resources) =>
        resources.Of("AWS::Serverless::Api", "AWS::Serverless::HttpApi")
            .Concat(resources.Of("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"))
            .Select(r => r.Name)
            .Concat([
                resolver.Scope.Context.NameOf(ApiSet.ImplicitRestApi),
                resolver.Scope.Context.NameOf(ApiSet.ImplicitHttpApi),
            ]);

    // Errors in their properties are not reported, because nothing else reads them.
    private static IEnumerable<UnreadGuard> In(Resolver resolver)
    {
        var trial = resolver.Trial();
        foreach (var (key, node) in resolver.Scope.Resources.Entries)
        {
            if (Reason(key.Value, resolver.Scope.TypeOf(key.Value)) is not { } reason || !IsCreated(node, resolver))
                continue;
            var properties =
                (node as YamlMapping)?["Properties"] is { } written && trial.Resolve(written) is YamlMapping resolved
                    ? resolved
                    : YamlMapping.Empty;
            if (Firewall.MayProtectApi(resolver.Scope.TypeOf(key.Value), properties, resolver))
                yield return new UnreadGuard(
                    resolver.Scope.Context.Receipt.NameOf(key.Value),
                    reason,
                    key.Place,
                    [.. Apis(properties)],
                    IsOfDomain(resolver.Scope.TypeOf(key.Value)));
        }
    }

    private static string? Reason(string id, string type) => type switch
    {
        "AWS::ApiGatewayV2::ApiGatewayManagedOverrides" => $"'{id}' controls access to them, and is not read here",
        _ when IsOfDomain(type) =>
            $"'{id}' leads to them from a domain that does not let everybody in, which cannot be checked here",
        _ when Firewall.Is(type) => $"the rules of '{id}' control access to them, and are not read here",
        _ => null,
    };

    private static bool IsOfDomain(string type) =>
        type is "AWS::ApiGatewayV2::RoutingRule" or "AWS::ApiGateway::BasePathMappingV2";

    private static IEnumerable<string> Apis(YamlMapping properties)
    {
        var actions = (properties["Actions"] as YamlSequence)?.Items
            .Select(a => ((a as YamlMapping)?["InvokeApi"] as YamlMapping)?["ApiId"])
            ?? [];
        return new[] { properties["ApiId"], properties["RestApiId"] }
            .Concat(actions)
            .Select(ResourceSet.Text)
            .Append(Firewall.ApiOf(properties))
            .OfType<string>()
            .Where(a => a.Length > 0);
    }

    private static bool IsGuarded(string id, YamlNode node, Resolver resolver, Resolver trial) =>
        Array.IndexOf(Domains, resolver.Scope.TypeOf(id)) >= 0 && IsCreated(node, resolver)
        && (node as YamlMapping)?["Properties"] is YamlMapping properties
            && (IsGiven(properties["MutualTlsAuthentication"], trial) || IsGiven(properties["Policy"], trial));

    private static bool IsGiven(YamlNode? written, Resolver resolver) =>
        written is not null && resolver.Resolve(written) is not null and not YamlScalar { IsNull: true };

    private static bool IsCreated(YamlNode resource, Resolver resolver) =>
        (resource as YamlMapping)?["Condition"] is not YamlScalar condition
            || resolver.Condition(condition.Value, condition);
}
