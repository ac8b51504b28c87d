using System.Text.RegularExpressions;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Resources that no template writes because SAM makes them: implicit APIs, roles, aliases, versions, stages, URLs. Source: AWS SAM
/// Developer Guide, "Generated AWS CloudFormation resources".
/// </summary>
internal static partial class GeneratedResources
{
    private const string NotMade = "SAM makes it on AWS, the box does not";

    private static readonly HashSet<string> OfTheTemplate = new(StringComparer.Ordinal)
    {
        "ServerlessRestApi", "ServerlessHttpApi", "ServerlessDeploymentApplication", "CodeDeployServiceRole", "ServerlessUsagePlan", "ServerlessApiKey",
    };

    // "Referenceable" names of the same resources: AWS SAM Developer Guide, "Referencing generated AWS CloudFormation resources".
    private static readonly string[] Parts = ["Alias", "Version", "Stage", "Deployment", "DomainName", "UsagePlan", "UsagePlanKey", "ApiKey"];

    /// <summary>What <c>Ref</c> gives; null when SAM makes no such resource.</summary>
    public static string? Ref(Resolver resolver, string name, YamlNode at)
    {
        switch (name)
        {
            case "ServerlessRestApiProdStage":
                return "Prod";
            case "ServerlessHttpApiApiGatewayDefaultStage":
                return "$default";
            case var made when OfTheTemplate.Contains(made) || ServerlessRestApiDeployment().IsMatch(made):
                return resolver.Scope.Context.NameOf(made);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
            return Parts.Contains(name[(dot + 1)..]) && resolver.Scope.Resources[name[..dot]] is YamlMapping ? References.Attribute(resolver, name[..dot], name[(dot + 1)..], at) : null;
        return Owner(resolver, name) is var (owner, kind)
            ? kind switch
            {
                "Url" or "Version" => resolver.Scope.Arn("lambda", $"function:{resolver.NameOf(owner, at)}"),
                "Alias" => resolver.Scope.Arn("lambda", $"function:{resolver.NameOf(owner, at)}:{AliasOf(resolver, owner)}"),
                "Layer" => resolver.NameOf(owner, at),
                "Stage" => StageOf(resolver, owner),
                "Event" => resolver.Placeholder(name, NotMade, at),
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

    /// <summary>The name of an API's stage.</summary>
    public static string StageOf(Resolver resolver, string api) =>
        Property(resolver, api, "StageName") ?? (resolver.Scope.TypeOf(api) == "AWS::Serverless::Api" ? "Prod" : "$default");

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
            if (resolver.Scope.Resources[owner] is YamlMapping resource && Kind(resolver, owner, name[length..], resource) is { } kind)
                return (owner, kind);
        }

        return null;
    }

    private static string? Kind(Resolver resolver, string owner, string rest, YamlMapping resource) => resolver.Scope.TypeOf(owner) switch
    {
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" or "AWS::Serverless::GraphQLApi" when rest == "Role" => "Role",
        "AWS::Serverless::Function" when rest == "Url" => "Url",
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" when rest.StartsWith("Alias", StringComparison.Ordinal) && rest["Alias".Length..] == AliasOf(resolver, owner) => "Alias",
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" when Version().IsMatch(rest) => "Version",
        "AWS::Serverless::Api" or "AWS::Serverless::HttpApi" or "AWS::Serverless::WebSocketApi" when IsStage(rest, StageOf(resolver, owner)) => "Stage",
        "AWS::Serverless::Api" or "AWS::Serverless::HttpApi" when Deployment().IsMatch(rest) || rest is "UsagePlan" or "ApiKey" or "UsagePlanKey" => "Part",
        "AWS::Serverless::LayerVersion" when LayerHash().IsMatch(rest) => "Layer",
        var type when type.StartsWith("AWS::Serverless::", StringComparison.Ordinal) && Events(resource).Any(e => rest.StartsWith(e, StringComparison.Ordinal) && OfEvent().IsMatch(rest[e.Length..])) => "Event",
        _ => null,
    };

    // A logical id has no characters like those of $default, and none of a stage whose name an intrinsic function makes.
    private static bool IsStage(string rest, string stage) =>
        rest == "Stage" || rest == string.Concat(stage.Where(char.IsAsciiLetterOrDigit)) + "Stage" || (stage == "$default" && rest == "ApiGatewayDefaultStage");

    private static IEnumerable<string> Events(YamlMapping resource) =>
        ((resource["Properties"] as YamlMapping)?["Events"] as YamlMapping)?.Entries.Select(e => e.Key.Value) ?? [];

    [GeneratedRegex("^Version([0-9a-f]{10})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    [GeneratedRegex("^Deployment[0-9a-f]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Deployment();

    [GeneratedRegex("^(Permission[A-Za-z0-9]*|Role|Queue|QueuePolicy|EventSourceMapping|Subscription|Trigger)?$", RegexOptions.CultureInvariant)]
    private static partial Regex OfEvent();

    [GeneratedRegex("^[0-9a-f]{10}$", RegexOptions.CultureInvariant)]
    private static partial Regex LayerHash();

    [GeneratedRegex("^ServerlessRestApiDeployment[0-9a-f]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ServerlessRestApiDeployment();
}
