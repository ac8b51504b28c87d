using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Policies of APIs, which say by address, account or VPC who may call, and client certificates of their domains. Neither can be checked here: an
/// API that has one is closed. A policy that lets everybody in, as private APIs have it for a start, is no restriction.
/// </summary>
internal static class ResourcePolicy
{
    /// <summary>Why nobody may call an API; null when it restricts nobody.</summary>
    /// <param name="subject">The API, as messages and the receipt call it.</param>
    /// <param name="policy">The document; null when there is none.</param>
    /// <param name="domain">SAM's <c>Domain</c>; null when there is none.</param>
    /// <param name="context">Takes the warning and the line of the receipt.</param>
    public static string? Closes(string subject, YamlNode? policy, YamlMapping? domain, StackContext context)
    {
        if (policy is not null and not YamlScalar { IsNull: true } && !LetsEverybodyIn(policy))
            return Closed(subject, "Policy", "it has a resource policy, which cannot be checked here", policy, context);
        return domain?["MutualTlsAuthentication"] is YamlMapping certificates
            ? Closed(subject, "Domain", "it asks for certificates of clients, which cannot be checked here", certificates, context)
            : null;
    }

    private static string Closed(string subject, string property, string reason, YamlNode at, StackContext context)
    {
        context.Receipt.Ignored(subject, property, $"{reason}; the routes are closed", at);
        context.Diagnostics.Warning(DiagnosticCodes.NotSupported, $"{subject}: the routes are closed: {reason}", at, "leave it out, and let an authorizer or a firewall say who may call");
        return reason;
    }

    private static bool LetsEverybodyIn(YamlNode? policy) => (policy as YamlMapping)?["Statement"] switch
    {
        YamlMapping one => IsOpen(one),
        YamlSequence { Items.Count: > 0 } list => list.Items.All(IsOpen),
        _ => false,
    };

    private static bool IsOpen(YamlNode node) =>
        node is YamlMapping statement
        && ResourceSet.Text(statement["Effect"]) == "Allow"
        && ((statement["Principal"] as YamlMapping)?["AWS"] ?? statement["Principal"]) is YamlScalar { Value: "*" }
        && !statement.Contains("Condition") && !statement.Contains("NotAction") && !statement.Contains("NotResource");
}
