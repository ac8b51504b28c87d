using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Resources that say who may call an API and that nobody reads here: overrides of what a quick-create API has, firewalls, and rules and mappings of domains
/// that ask for certificates of clients or have a policy. Which API they mean is not read either: those of their template are closed.
/// </summary>
internal static class ClosingResources
{
    private static readonly string[] Domains = ["AWS::ApiGateway::DomainName", "AWS::ApiGateway::DomainNameV2", "AWS::ApiGatewayV2::DomainName"];

    /// <summary>Why nobody may call an API of the template; null when nothing closes it.</summary>
    /// <param name="api">As the warning calls it; null for one that SAM makes whether it is used or not, whose routes have their lines.</param>
    /// <param name="resolver">Of the template.</param>
    public static string? Closes(string? api, Resolver resolver)
    {
        foreach (var (id, node) in resolver.Scope.Resources.Entries)
        {
            if (!IsMade(node, resolver) || Reason(id.Value, resolver) is not { } reason)
                continue;
            if (api is not null)
                resolver.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{api}: the routes are closed: {reason}", id, "leave it out, and let an authorizer or a firewall say who may call");
            return reason;
        }

        return null;
    }

    private static string? Reason(string id, Resolver resolver) => resolver.Scope.TypeOf(id) switch
    {
        "AWS::ApiGatewayV2::ApiGatewayManagedOverrides" => $"'{id}' says who may call them, and is not read here",
        "AWS::ApiGatewayV2::RoutingRule" or "AWS::ApiGateway::BasePathMappingV2" when resolver.Scope.Resources.Entries.Any(e => IsGuarded(e.Key.Value, e.Value, resolver)) =>
            $"'{id}' leads to them from a domain that does not let everybody in, which cannot be checked here",
        "AWS::WAFv2::WebACLAssociation" or "AWS::WAFRegional::WebACLAssociation" when IsOfApi(id, resolver) => $"the rules of '{id}' say who may call them, and are not read here",
        _ => null,
    };

    // Load balancers, user pools and others have such rules too.
    private static bool IsOfApi(string id, Resolver resolver) =>
        (resolver.Scope.Resources[id] as YamlMapping)?["Properties"] is YamlMapping properties && properties["ResourceArn"] is { } arn
        && ResourceSet.Text(resolver.Resolve(arn)) is { } text && text.Contains("apigateway", StringComparison.OrdinalIgnoreCase);

    private static bool IsGuarded(string id, YamlNode node, Resolver resolver) =>
        Array.IndexOf(Domains, resolver.Scope.TypeOf(id)) >= 0 && IsMade(node, resolver)
        && (node as YamlMapping)?["Properties"] is YamlMapping properties && (IsSaid(properties["MutualTlsAuthentication"], resolver) || IsSaid(properties["Policy"], resolver));

    private static bool IsSaid(YamlNode? written, Resolver resolver) => written is not null && resolver.Resolve(written) is not null and not YamlScalar { IsNull: true };

    private static bool IsMade(YamlNode resource, Resolver resolver) =>
        (resource as YamlMapping)?["Condition"] is not YamlScalar condition || resolver.Condition(condition.Value, condition);
}
