using System.IO.Enumeration;
using Esb.Sam.Resolving;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Apis;

/// <summary>
/// Policies of APIs, which restrict callers by address, account or VPC, and client certificates for their domains. ESB
/// can check neither, so an API with one of them is closed. A policy that admits everybody, as private APIs have by
/// default, is not a restriction. A policy that admits everybody to another API admits nobody to this one, because what
/// no statement allows is denied. Source: API Gateway Developer Guide, "How API Gateway resource policies affect
/// authorization workflow".
/// </summary>
internal static class ResourcePolicy
{
    private const string Short = "execute-api:";

    /// <summary>The reason why an API is closed; null when access is not restricted.</summary>
    /// <param name="subject">The name of the API in messages and in the receipt.</param>
    /// <param name="api">The result of <c>Ref</c> of the API, which is its id in an ARN.</param>
    /// <param name="policy">The document; null if there is none.</param>
    /// <param name="domain">SAM's <c>Domain</c>; null if there is none.</param>
    /// <param name="context">Receives the warning and the line of the receipt.</param>
    /// <param name="stage">The one stage that is served; null when it is unknown.</param>
    public static string? Closes(
        string subject,
        string api,
        YamlNode? policy,
        YamlMapping? domain,
        StackContext context,
        string? stage = null)
    {
        if (policy is not null and not YamlScalar { IsNull: true }
            && !AdmitsEverybody(policy, new Target(api, stage, context.Options.Region)))
            return Closed(subject, "Policy", "it has a resource policy, which cannot be checked here", policy, context);
        if (domain?["Policy"] is { } own and not YamlScalar { IsNull: true })
            return Closed(subject, "Domain", "it has a resource policy, which cannot be checked here", own, context);
        return domain?["MutualTlsAuthentication"] is { } certificates and not YamlScalar { IsNull: true }
            ? Closed(
                subject,
                "Domain",
                "it asks for client certificates, which cannot be checked here",
                certificates,
                context)
            : null;
    }

    private static string Closed(string subject, string property, string reason, YamlNode at, StackContext context)
    {
        context.Receipt.Ignored(subject, property, $"{reason}; the routes are closed", at);
        context.Diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{subject}: the routes are closed: {reason}",
            at,
            "leave it out, and control access with an authorizer or a firewall");
        return reason;
    }

    private static readonly HashSet<string> Keys =
        new(StringComparer.Ordinal) { "Sid", "Effect", "Principal", "Action", "Resource" };

    // Anything else in a statement may restrict what another one allows.
    private static bool AdmitsEverybody(YamlNode? policy, Target api) => (policy as YamlMapping)?["Statement"] switch
    {
        YamlMapping one => AllowsEverybody(one) && IsWhole(one, api),
        YamlSequence { Items.Count: > 0 } list =>
            list.Items.All(AllowsEverybody) && list.Items.Any(s => IsWhole((YamlMapping)s, api)),
        _ => false,
    };

    private static bool AllowsEverybody(YamlNode node) =>
        node is YamlMapping statement
        && ResourceSet.Text(statement["Effect"]) == "Allow"
        && ((statement["Principal"] as YamlMapping)?["AWS"] ?? statement["Principal"]) is YamlScalar { Value: "*" }
        && statement.Entries.All(e => Keys.Contains(e.Key.Value));

    private static bool IsWhole(YamlMapping statement, Target api) =>
        Texts(statement["Action"]).Any(a => a.ToLowerInvariant() is "*" or "execute-api:*" or "execute-api:invoke")
        && Texts(statement["Resource"]).Any(api.IsWholeIn);

    private static IEnumerable<string> Texts(YamlNode? node) => node switch
    {
        YamlScalar one => [one.Value],
        YamlSequence list => list.Items.OfType<YamlScalar>().Select(i => i.Value),
        _ => [],
    };

    // The resource that a statement has to name: arn:PARTITION:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH.
    private sealed record Target(string Api, string? Stage, string Region)
    {
        private const int Parts = 6;

        // STAGE/METHOD/PATH follows the API's id in an ARN, or the slash of the short form.
        public bool IsWholeIn(string resource)
        {
            if (resource.StartsWith(Short, StringComparison.Ordinal))
                return IsWholePath(resource[Short.Length..].TrimStart('/'));
            return resource == "*"
                || (resource.Split(':', Parts) is ["arn", var partition, var service, var region, var account, var rest]
                    && Takes(partition, "aws")
                    && Takes(service, "execute-api")
                    && Takes(region, Region)
                    && Takes(account, TemplateScope.AccountId)
                    && (rest == "*" || IsWholeApi(rest)));
        }

        // The id that AWS gives the API is unknown here, so of all patterns only * can stand for it.
        private bool IsWholeApi(string rest) =>
            rest.IndexOf('/', StringComparison.Ordinal) is > 0 and var at
            && (rest[..at] == "*" || rest[..at] == Api)
            && IsWholePath(rest[(at + 1)..]);

        private bool IsWholePath(string path)
        {
            var all = path.Split('/');
            return all.Length <= 3 && all.Skip(all[0] == Stage && all.Length > 1 ? 1 : 0).All(p => p == "*");
        }

        private static bool Takes(string pattern, string value) =>
            FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);
    }
}
