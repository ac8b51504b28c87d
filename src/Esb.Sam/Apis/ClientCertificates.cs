using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Domains that are resources of their own and ask for certificates of clients. The box has no domains and asks for none, and which APIs are mapped to
/// one is not read: the APIs of a template that has such a domain are closed.
/// </summary>
internal static class ClientCertificates
{
    private const string Key = "MutualTlsAuthentication";

    /// <summary>Why nobody may call an API; null when no domain of its template asks for certificates.</summary>
    /// <param name="api">As the warning calls it; null for one that SAM makes whether it is used or not, whose routes have their lines.</param>
    /// <param name="resolver">Of the template.</param>
    public static string? Closes(string? api, Resolver resolver)
    {
        foreach (var (id, node) in resolver.Scope.Resources.Entries)
        {
            if (resolver.Scope.TypeOf(id.Value) is not ("AWS::ApiGateway::DomainName" or "AWS::ApiGatewayV2::DomainName") || !Asks(node as YamlMapping, resolver))
                continue;
            var reason = $"the domain '{id.Value}' asks for certificates of clients, which cannot be checked here";
            if (api is not null)
                resolver.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{api}: the routes are closed: {reason}", id, "leave it out, and let an authorizer or a firewall say who may call");
            return reason;
        }

        return null;
    }

    private static bool Asks(YamlMapping? domain, Resolver resolver)
    {
        if (domain?["Condition"] is YamlScalar condition && !resolver.Condition(condition.Value, condition))
            return false;
        return (domain?["Properties"] as YamlMapping)?[Key] is { } written && resolver.Resolve(written) is not null and not YamlScalar { IsNull: true };
    }
}
