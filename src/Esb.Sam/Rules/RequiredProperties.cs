using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Properties that CloudFormation requires and without which the resource would call, guard or answer nothing. Readers
/// check other required properties where they need them.
/// </summary>
internal static class RequiredProperties
{
    // At least one of the names that a bar separates is required.
    private static readonly Dictionary<string, string> ByType = new(StringComparer.Ordinal)
    {
        ["AWS::Serverless::Api"] = "StageName",
        ["AWS::Events::Rule"] = "ScheduleExpression|EventPattern",
        ["AWS::Scheduler::Schedule"] = "Target",
        ["AWS::ApiGateway::Method"] = "RestApiId ResourceId HttpMethod",
        ["AWS::ApiGateway::Resource"] = "RestApiId ParentId PathPart",
        ["AWS::ApiGateway::Authorizer"] = "RestApiId Type",
        ["AWS::ApiGateway::UsagePlanKey"] = "KeyId UsagePlanId",
        ["AWS::ApiGatewayV2::Route"] = "ApiId",
        ["AWS::ApiGatewayV2::Integration"] = "ApiId IntegrationType",
        ["AWS::ApiGatewayV2::Authorizer"] = "ApiId AuthorizerType",
    };

    // ESB does not read these, so they are required only with --strict. Roles are omitted on purpose.
    private static readonly Dictionary<string, string> OnAws = new(StringComparer.Ordinal)
    {
        ["AWS::Scheduler::Schedule"] = "FlexibleTimeWindow",
        ["AWS::ApiGatewayV2::ApiMapping"] = "Stage",
    };

    /// <summary>Reports what CloudFormation requires and ESB does not read.</summary>
    /// <param name="key">The logical id.</param>
    /// <param name="type">The type of the resource.</param>
    /// <param name="written">Its properties as written, with those of <c>Globals</c>.</param>
    /// <param name="context">Contains the option <c>--strict</c>.</param>
    public static void CheckUnread(YamlScalar key, string type, YamlMapping written, StackContext context)
    {
        if (context.Options.Strict && OnAws.TryGetValue(type, out var name) && !IsGiven(written[name]))
            context.Diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{key.Value}: '{name}' is missing, without which CloudFormation creates no {type}",
                key,
                "add it, or deploy without --strict");
    }

    /// <summary>Reports missing properties.</summary>
    /// <param name="key">The logical id.</param>
    /// <param name="type">The type of the resource.</param>
    /// <param name="written">The properties that are not read.</param>
    /// <param name="resolved">The properties that are read, resolved.</param>
    /// <param name="diagnostics">Receives the errors.</param>
    public static void Check(
        YamlScalar key,
        string type,
        YamlMapping written,
        YamlMapping resolved,
        DiagnosticBag diagnostics)
    {
        foreach (var alternatives in ByType.GetValueOrDefault(type)?.Split(' ') ?? [])
        {
            var names = alternatives.Split('|');
            if (!names.Any(n => IsGiven(resolved[n]) || IsGiven(written[n])))
                diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{key.Value}: {string.Join(" or ", names.Select(n => $"'{n}'"))} is missing",
                    key);
        }
    }

    private static bool IsGiven(YamlNode? node) => node is not null and not YamlScalar { IsNull: true };
}
