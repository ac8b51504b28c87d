using System.Buffers;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>The meaning of a logical id that SAM generates.</summary>
/// <param name="Owner">
/// The logical id of the resource that SAM generates the id for; empty if the id belongs to the whole template.
/// </param>
/// <param name="Kind">What the generated id stands for.</param>
internal readonly record struct GeneratedName(string Owner, GeneratedKind Kind);

/// <summary>What SAM creates in addition to the resources of a template.</summary>
internal enum GeneratedKind
{
    /// <summary>Something of which only the name is needed here.</summary>
    Part,

    /// <summary>The role of a function.</summary>
    Role,

    /// <summary>The URL of a function.</summary>
    Url,

    /// <summary>An alias.</summary>
    Alias,

    /// <summary>A version of a function.</summary>
    Version,

    /// <summary>A version of a layer.</summary>
    Layer,

    /// <summary>A stage of an API.</summary>
    Stage,

    /// <summary>Something that ESB does not create, so its name means nothing here.</summary>
    NotCreated,
}

/// <summary>
/// The logical ids that SAM generates. Sources: AWS SAM Developer Guide, "Generated AWS CloudFormation resources"; AWS
/// SAM, the ids in "samtranslator/model".
/// </summary>
internal static class GeneratedNames
{
    /// <summary>The implicit REST API of events that name no API.</summary>
    public const string RestApi = "ServerlessRestApi";

    /// <summary>The implicit HTTP API of events that name no API.</summary>
    public const string HttpApi = "ServerlessHttpApi";

    private const int HashLength = 10;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    // What follows an event's name in the logical ids of the resources that SAM creates for it.
    private static readonly string[] PartsOfEvents =
        ["", "Role", "Queue", "QueuePolicy", "EventSourceMapping", "Subscription", "Trigger"];

    private static readonly string[] PartsOfConnectors =
        ["Policy", "WriteLambdaPermission", "TopicPolicy", "QueuePolicy"];

    // The ids that belong to the whole template, each with the property for which SAM creates it.
    private static readonly Dictionary<string, string> OfTheTemplate = new(StringComparer.Ordinal)
    {
        ["ServerlessDeploymentApplication"] = "DeploymentPreference",
        ["CodeDeployServiceRole"] = "DeploymentPreference",
        ["ServerlessUsagePlan"] = "UsagePlan",
        ["ServerlessApiKey"] = "UsagePlan",
        ["ServerlessUsagePlanKey"] = "UsagePlan",
    };

    // Each is followed by a hash of its content.
    private static readonly string[] OfDomains =
        ["ApiGatewayDomainName", "ApiGatewayDomainNameV2", "RecordSetGroup", "DomainNameAccessAssociation"];

    /// <summary>Returns the owner and the kind of a name; null when SAM generates no such name.</summary>
    public static GeneratedName? Of(Resolver resolver, string name)
    {
        if (name is RestApi or HttpApi)
            return GeneratedParts.HasImplicit(resolver, name) ? new GeneratedName("", GeneratedKind.Part) : null;
        if (OfTheTemplate.TryGetValue(name, out var reason))
            return GeneratedParts.Has(resolver, reason) ? new GeneratedName("", GeneratedKind.Part) : null;
        if ((OfDomains.Any(d => IsHashed(name, d)) && GeneratedParts.Has(resolver, "Domain"))
            || GeneratedParts.NamesQueue(resolver, name))
            return new GeneratedName("", GeneratedKind.NotCreated);
        // The longest logical id that the name starts with, if SAM generates the rest.
        for (var length = name.Length - 1; length > 0; length--)
        {
            var owner = name[..length];
            if ((resolver.Scope.Resources[owner] is YamlMapping
                || (owner is RestApi or HttpApi && GeneratedParts.HasImplicit(resolver, owner)))
                && Kind(resolver, owner, name[length..]) is { } kind)
                return new GeneratedName(owner, kind);
        }

        return null;
    }

    private static GeneratedKind? Kind(Resolver resolver, string owner, string rest)
    {
        var resource = resolver.Scope.Resources[owner] as YamlMapping;
        if (resource is not null && (IsOfEvent(GeneratedParts.Events(resource), rest)
            || IsOfConnector(GeneratedParts.Connectors(resource), rest)))
            return GeneratedKind.NotCreated;
        return (owner, resolver.Scope.TypeOf(owner)) switch
        {
            (_, "AWS::Serverless::Function") => OfFunction(resolver, owner, rest),
            (RestApi, "") or (_, "AWS::Serverless::Api") => OfApi(resolver, owner, rest, "BasePathMapping"),
            (HttpApi, "") or (_, "AWS::Serverless::HttpApi") => OfApi(resolver, owner, rest, "ApiMapping"),
            (_, "AWS::Serverless::LayerVersion") when IsHashed(rest, "") => GeneratedKind.Layer,
            (_, "AWS::Serverless::SimpleTable" or "AWS::Serverless::Application" or "AWS::Serverless::LayerVersion") =>
                null,
            (_, "AWS::Serverless::StateMachine" or "AWS::Serverless::GraphQLApi") when rest == "Role" =>
                GeneratedKind.Role,
            // The resources that SAM creates for other types are not needed here.
            (_, var type) when type.StartsWith("AWS::Serverless::", StringComparison.Ordinal)
                && rest.All(char.IsAsciiLetterOrDigit) => GeneratedKind.NotCreated,
            _ => null,
        };
    }

    private static GeneratedKind? OfFunction(Resolver resolver, string function, string rest)
    {
        YamlNode? Property(string name) => GeneratedParts.Property(resolver, function, name);
        bool Has(string name) => Property(name) is not null;
        return rest switch
        {
            "Role" => Property("Role") is null or YamlMapping { Entries: [{ Key.Value: "Fn::If" }] }
                ? GeneratedKind.Role
                : null,
            "Url" => Has("FunctionUrlConfig") ? GeneratedKind.Url : null,
            "UrlPublicPermissions" or "URLInvokeAllowPublicAccess" =>
                Has("FunctionUrlConfig") ? GeneratedKind.NotCreated : null,
            "DeploymentGroup" => Has("DeploymentPreference") ? GeneratedKind.NotCreated : null,
            "EventInvokeConfig" or "EventInvokeConfigOnSuccessQueue" or "EventInvokeConfigOnSuccessTopic"
                or "EventInvokeConfigOnFailureQueue" or "EventInvokeConfigOnFailureTopic" =>
                Has("EventInvokeConfig") ? GeneratedKind.NotCreated : null,
            "CognitoPermission" => GeneratedKind.NotCreated,
            _ when IsHashed(rest, "Version") => Has("AutoPublishAlias") ? GeneratedKind.Version : null,
            // SAM replaces '-' and '_', because a logical id contains neither.
            _ when rest.StartsWith("Alias", StringComparison.Ordinal)
                && GeneratedParts.AliasOf(resolver, function) is { } alias
                && rest["Alias".Length..] == alias.Replace('-', 'D').Replace('_', 'U') => GeneratedKind.Alias,
            _ => null,
        };
    }

    private static GeneratedKind? OfApi(Resolver resolver, string api, string rest, string mapping) => rest switch
    {
        "UsagePlan" or "ApiKey" or "UsagePlanKey" =>
            GeneratedParts.Said(resolver, api, "Auth").Any(a => GeneratedParts.MayHave(a, "UsagePlan"))
                ? GeneratedKind.Part
                : null,
        _ when IsHashed(rest, "Deployment") => GeneratedKind.Part,
        _ when IsStage(rest, GeneratedParts.StageOf(resolver, api)) => GeneratedKind.Stage,
        _ when rest.EndsWith(mapping, StringComparison.Ordinal)
            && GeneratedParts.Property(resolver, api, "Domain") is not null => GeneratedKind.NotCreated,
        _ when rest.EndsWith("AuthorizerPermission", StringComparison.Ordinal)
            && GeneratedParts.HasAuthorizer(resolver, api, rest[..^"AuthorizerPermission".Length]) =>
            GeneratedKind.NotCreated,
        _ => null,
    };

    // A logical id cannot contain the $ of $default, and SAM hashes a stage name that an intrinsic function returns.
    private static bool IsStage(string rest, string stage) => rest switch
    {
        "Stage" => true,
        "ApiGatewayDefaultStage" => stage == "$default",
        _ when rest == string.Concat(stage.Where(char.IsAsciiLetterOrDigit)) + "Stage" => true,
        _ => !stage.All(char.IsAsciiLetterOrDigit) && IsHashed(rest, "Stage"),
    };

    private static bool IsOfEvent(IEnumerable<string> events, string rest) =>
        events.Any(e => rest.StartsWith(e, StringComparison.Ordinal) && IsPartOfEvent(rest[e.Length..]));

    private static bool IsPartOfEvent(string rest) =>
        PartsOfEvents.Contains(rest)
            || (rest.StartsWith("Permission", StringComparison.Ordinal) && rest.All(char.IsAsciiLetterOrDigit))
            || (rest.StartsWith("Role", StringComparison.Ordinal) && IsHashed(rest, "Role"));

    private static bool IsOfConnector(IEnumerable<string> connectors, string rest) =>
        connectors.Any(c => rest.StartsWith(c, StringComparison.Ordinal) && PartsOfConnectors.Any(
            p => rest[c.Length..] == p || rest[c.Length..].StartsWith(p + "Destination", StringComparison.Ordinal)));

    // A prefix, followed by a hash that SAM computes from the content.
    private static bool IsHashed(string name, string prefix) =>
        name.Length == prefix.Length + HashLength
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && name.AsSpan(prefix.Length).IndexOfAnyExcept(LowerHex) < 0;
}
