using System.Buffers;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Resources that no template writes because SAM makes them: implicit APIs, roles, aliases, versions, stages, URLs. Source: AWS SAM
/// Developer Guide, "Generated AWS CloudFormation resources".
/// </summary>
internal static class GeneratedResources
{
    private const string NotMade = "SAM makes it on AWS, the box does not";

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    // What follows an event's name in the logical ids of what SAM makes for it.
    private static readonly string[] PartsOfEvents = ["", "Role", "Queue", "QueuePolicy", "EventSourceMapping", "Subscription", "Trigger"];

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
            case var made when OfTheTemplate.Contains(made) || IsHashed(made, "ServerlessRestApiDeployment"):
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

    /// <summary>Whether the template writes a resource of this name, or SAM makes one.</summary>
    public static bool IsThere(Resolver resolver, string name) =>
        resolver.Scope.Resources.Contains(name)
        || OfTheTemplate.Contains(name) || name is "ServerlessRestApiProdStage" or "ServerlessHttpApiApiGatewayDefaultStage" || IsHashed(name, "ServerlessRestApiDeployment")
        || Owner(resolver, name) is not null
        || resolver.Scope.Resources.Entries.Any(e => name.StartsWith(e.Key.Value, StringComparison.Ordinal) && IsOfManyParts(resolver.Scope.TypeOf(e.Key.Value)));

    // What SAM makes of these, nobody here needs to know.
    private static bool IsOfManyParts(string type) =>
        type.StartsWith("AWS::Serverless::", StringComparison.Ordinal) && type is not ("AWS::Serverless::Function" or "AWS::Serverless::Api" or "AWS::Serverless::HttpApi" or "AWS::Serverless::SimpleTable" or "AWS::Serverless::LayerVersion");

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
        "AWS::Serverless::Function" or "AWS::Serverless::StateMachine" when IsHashed(rest, "Version") && rest.Length is 7 or 17 => "Version",
        "AWS::Serverless::Api" or "AWS::Serverless::HttpApi" or "AWS::Serverless::WebSocketApi" when IsStage(rest, StageOf(resolver, owner)) => "Stage",
        "AWS::Serverless::Api" or "AWS::Serverless::HttpApi" when IsHashed(rest, "Deployment") || rest is "UsagePlan" or "ApiKey" or "UsagePlanKey" => "Part",
        "AWS::Serverless::LayerVersion" when rest.Length == 10 && IsHashed(rest, "") => "Layer",
        var type when type.StartsWith("AWS::Serverless::", StringComparison.Ordinal) && Events(resource).Any(e => rest.StartsWith(e, StringComparison.Ordinal) && IsOfEvent(rest[e.Length..])) => "Event",
        _ => null,
    };

    // A logical id has no characters like those of $default, and none of a stage whose name an intrinsic function makes.
    private static bool IsStage(string rest, string stage) =>
        rest == "Stage" || rest == string.Concat(stage.Where(char.IsAsciiLetterOrDigit)) + "Stage" || (stage == "$default" && rest == "ApiGatewayDefaultStage");

    private static IEnumerable<string> Events(YamlMapping resource) =>
        ((resource["Properties"] as YamlMapping)?["Events"] as YamlMapping)?.Entries.Select(e => e.Key.Value) ?? [];

    private static bool IsOfEvent(string rest) =>
        PartsOfEvents.Contains(rest) || (rest.StartsWith("Permission", StringComparison.Ordinal) && rest.All(char.IsAsciiLetterOrDigit));

    // A prefix, and behind it what SAM computes from the content.
    private static bool IsHashed(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.AsSpan(prefix.Length).IndexOfAnyExcept(LowerHex) < 0;
}
