using System.Buffers;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Resources that no template writes because SAM makes them: implicit APIs, roles, aliases, versions, stages, URLs. Source: AWS SAM
/// Developer Guide, "Generated AWS CloudFormation resources".
/// </summary>
internal static class GeneratedResources
{
    private const string RestApiDeployment = "ServerlessRestApiDeployment";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private static readonly HashSet<string> OfTheTemplate = new(StringComparer.Ordinal)
    {
        "ServerlessRestApi", "ServerlessHttpApi", "ServerlessRestApiProdStage", "ServerlessHttpApiApiGatewayDefaultStage", "ServerlessDeploymentApplication", "CodeDeployServiceRole", "ServerlessUsagePlan", "ServerlessApiKey",
    };

    /// <summary>What <c>Ref</c> gives; null when SAM makes no such resource.</summary>
    public static string? Ref(Resolver resolver, string name, YamlNode at)
    {
        if (OfTheTemplate.Contains(name) || IsServerlessRestApiDeployment(name))
            return resolver.Scope.Context.NameOf(name);
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
            return resolver.Scope.Resources[name[..dot]] is YamlMapping ? References.Attribute(resolver, name[..dot], name[(dot + 1)..], at) : null;
        return Owner(resolver, name) is var (owner, kind)
            ? kind switch
            {
                "Url" or "Version" => resolver.Scope.Arn("lambda", $"function:{resolver.NameOf(owner, at)}"),
                "Alias" => resolver.Scope.Arn("lambda", $"function:{resolver.NameOf(owner, at)}:{AliasOf(resolver, owner)}"),
                "Layer" => resolver.NameOf(owner, at),
                "Stage" => StageOf(resolver, owner),
                _ => resolver.Scope.Context.NameOf(name),
            }
            : null;
    }

    /// <summary>What <c>Fn::GetAtt</c> gives; null when SAM makes no such resource.</summary>
    public static string? Attribute(Resolver resolver, string name, string attribute, YamlNode at)
    {
        if (Ref(resolver, name, at) is not { } reference)
            return null;
        return (Owner(resolver, name)?.Kind, attribute) switch
        {
            ("Role", "Arn") => $"arn:aws:iam::{TemplateScope.AccountId}:role/{reference}",
            (_, "RootResourceId") => ResourceNames.RootOf(reference),
            (_, "ApiEndpoint") => $"https://{reference}.execute-api.{resolver.Scope.Region}.amazonaws.com",
            ("Url" or "Alias" or "Version", "Arn" or "FunctionArn" or "AliasArn") => reference,
            (_, "RestApiId" or "ApiId") => reference,
            _ => resolver.Placeholder($"{name}.{attribute}", "it has no value here", at),
        };
    }

    /// <summary>The name of a function's alias; null when it has none.</summary>
    public static string? AliasOf(Resolver resolver, string function) => Property(resolver, function, "AutoPublishAlias");

    private static string? StageOf(Resolver resolver, string api) => Property(resolver, api, "StageName");

    private static string? Property(Resolver resolver, string logicalId, string property) =>
        ((resolver.Scope.Resources[logicalId] as YamlMapping)?["Properties"] as YamlMapping)?[property] is { } node
            ? resolver.Guarded($"{logicalId}.{property}", node, () => (resolver.Resolve(node) as YamlScalar)?.Value)
            : null;

    // The longest logical id that the name starts with, if what follows is what SAM puts there.
    private static (string Owner, string Kind)? Owner(Resolver resolver, string name)
    {
        for (var length = name.Length - 1; length > 0; length--)
        {
            var owner = name[..length];
            if (resolver.Scope.Resources[owner] is YamlMapping resource && Kind(resolver.Scope.TypeOf(owner), name[length..], resource) is { } kind)
                return (owner, kind);
        }

        return null;
    }

    private static string? Kind(string type, string rest, YamlMapping resource) => type switch
    {
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" or "AWS::Serverless::GraphQLApi" when rest == "Role" => "Role",
        "AWS::Serverless::Function" when rest == "Url" => "Url",
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" when rest.StartsWith("Alias", StringComparison.Ordinal) => "Alias",
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" when rest.StartsWith("Version", StringComparison.Ordinal) => "Version",
        "AWS::Serverless::Api" or "AWS::Serverless::HttpApi" or "AWS::Serverless::WebSocketApi" when rest.EndsWith("Stage", StringComparison.Ordinal) => "Stage",
        "AWS::Serverless::Api" or "AWS::Serverless::HttpApi" when rest.StartsWith("Deployment", StringComparison.Ordinal) || rest is "UsagePlan" or "ApiKey" or "UsagePlanKey" => "Part",
        "AWS::Serverless::LayerVersion" when IsLayerHash(rest) => "Layer",
        _ when type.StartsWith("AWS::Serverless::", StringComparison.Ordinal) && Events(resource).Any(e => rest.StartsWith(e, StringComparison.Ordinal)) => "Event",
        _ => null,
    };

    private static IEnumerable<string> Events(YamlMapping resource) =>
        ((resource["Properties"] as YamlMapping)?["Events"] as YamlMapping)?.Entries.Select(e => e.Key.Value) ?? [];

    private static bool IsLayerHash(string text) => text.Length == 10 && text.All(char.IsAsciiHexDigitLower);

    private static bool IsServerlessRestApiDeployment(string name) =>
        name.StartsWith(RestApiDeployment, StringComparison.Ordinal) && name.AsSpan(RestApiDeployment.Length).IndexOfAnyExcept(LowerHex) < 0;
}
