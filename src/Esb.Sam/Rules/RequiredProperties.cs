using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Rules;

/// <summary>
/// Properties without which CloudFormation makes no such resource, and without which it would call, guard or answer nothing. Readers ask for
/// others where they need them.
/// </summary>
internal static class RequiredProperties
{
    // Of names with a bar between them, one at least.
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

    // Of these nothing is read here, so that only who asks for strictness is told. Roles are left out on purpose.
    private static readonly Dictionary<string, string> OnAws = new(StringComparer.Ordinal)
    {
        ["AWS::Scheduler::Schedule"] = "FlexibleTimeWindow",
        ["AWS::ApiGatewayV2::ApiMapping"] = "Stage",
    };

    /// <summary>Says what CloudFormation would miss and nobody reads here.</summary>
    /// <param name="key">The logical id.</param>
    /// <param name="type">Of the resource.</param>
    /// <param name="written">Its properties as they are written, with those of <c>Globals</c>.</param>
    /// <param name="context">Knows whether strictness is asked for.</param>
    public static void CheckUnread(YamlScalar key, string type, YamlMapping written, StackContext context)
    {
        if (context.Options.Strict && OnAws.TryGetValue(type, out var name) && !IsGiven(written[name]))
            context.Diagnostics.Error(DiagnosticCodes.MissingKey, $"{key.Value}: '{name}' is missing, without which CloudFormation makes no {type}", key, "add it, or deploy without --strict");
    }

    /// <summary>Says what is missing.</summary>
    /// <param name="key">The logical id.</param>
    /// <param name="type">Of the resource.</param>
    /// <param name="written">What nobody reads.</param>
    /// <param name="resolved">What is read.</param>
    /// <param name="diagnostics">Takes the errors.</param>
    public static void Check(YamlScalar key, string type, YamlMapping written, YamlMapping resolved, DiagnosticBag diagnostics)
    {
        foreach (var alternatives in ByType.GetValueOrDefault(type)?.Split(' ') ?? [])
        {
            var names = alternatives.Split('|');
            if (!names.Any(n => IsGiven(resolved[n]) || IsGiven(written[n])))
                diagnostics.Error(DiagnosticCodes.MissingKey, $"{key.Value}: {string.Join(" or ", names.Select(n => $"'{n}'"))} is missing", key);
        }
    }

    private static bool IsGiven(YamlNode? node) => node is not null and not YamlScalar { IsNull: true };
}
