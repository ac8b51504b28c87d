using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>
/// Values of resources that SAM creates and no template contains: implicit APIs, roles, aliases, versions, stages,
/// URLs. Source: AWS SAM Developer Guide, "Generated AWS CloudFormation resources".
/// </summary>
internal static class GeneratedResources
{
    private const string NotCreated = "SAM creates it on AWS, but ESB does not";

    // "Referenceable" names of the same resources. Source: AWS SAM Developer Guide, "Referencing generated AWS
    // CloudFormation resources".
    private static readonly string[] Parts =
        ["Alias", "Version", "Stage", "Deployment", "DomainName", "UsagePlan", "UsagePlanKey", "ApiKey"];

    /// <summary>The result of <c>Ref</c>; null when SAM creates no such resource.</summary>
    public static string? Ref(Resolver resolver, string name, YamlNode at)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0)
            return Parts.Contains(name[(dot + 1)..]) && resolver.Scope.Resources[name[..dot]] is YamlMapping
                ? References.Attribute(resolver, name[..dot], name[(dot + 1)..], at)
                : null;
        return GeneratedNames.Of(resolver, name) is var (owner, kind)
            ? kind switch
            {
                GeneratedKind.Url or GeneratedKind.Version =>
                    resolver.Scope.Arn("lambda", $"function:{resolver.NameOf(owner, at)}"),
                GeneratedKind.Alias =>
                    resolver.Scope.Arn("lambda", $"function:{resolver.NameOf(owner, at)}:{AliasOf(resolver, owner)}"),
                GeneratedKind.Layer => resolver.NameOf(owner, at),
                GeneratedKind.Stage => StageOf(resolver, owner),
                GeneratedKind.NotCreated => resolver.Placeholder(name, NotCreated, at),
                _ => resolver.Scope.Context.NameOf(name),
            }
            : null;
    }

    /// <summary>Whether the template contains a resource of this name or SAM creates one.</summary>
    public static bool Exists(Resolver resolver, string name) =>
        resolver.Scope.Resources.Contains(name) || GeneratedNames.Of(resolver, name) is not null;

    /// <summary>The result of <c>Fn::GetAtt</c>; null when SAM creates no such resource.</summary>
    public static string? Attribute(Resolver resolver, string name, string attribute, YamlNode at)
    {
        var kind = GeneratedNames.Of(resolver, name)?.Kind;
        if (kind == GeneratedKind.NotCreated)
            return resolver.Placeholder($"{name}.{attribute}", NotCreated, at);
        if (Ref(resolver, name, at) is not { } reference)
            return null;
        return (kind, attribute) switch
        {
            (GeneratedKind.Role, "Arn") => $"arn:aws:iam::{TemplateScope.AccountId}:role/{reference}",
            (_, "RootResourceId") => ResourceNames.RootOf(reference),
            (_, "ApiEndpoint") => $"https://{reference}.execute-api.{resolver.Scope.Region}.amazonaws.com",
            (GeneratedKind.Url or GeneratedKind.Alias or GeneratedKind.Version, "Arn" or "FunctionArn" or "AliasArn") =>
                reference,
            (_, "RestApiId" or "ApiId") => reference,
            _ => resolver.Placeholder($"{name}.{attribute}", "it has no value here", at),
        };
    }

    /// <summary>The name of a function's alias; null when it has none.</summary>
    public static string? AliasOf(Resolver resolver, string function) => GeneratedParts.AliasOf(resolver, function);

    /// <summary>The name of an API's stage.</summary>
    public static string StageOf(Resolver resolver, string api) => GeneratedParts.StageOf(resolver, api);
}
