using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>What a template, including its <c>Globals</c>, says about resources for which SAM creates others.</summary>
internal static class GeneratedParts
{
    private const string Serverless = "AWS::Serverless::";

    /// <summary>The name of a function's alias; null when it has none.</summary>
    public static string? AliasOf(Resolver resolver, string function) => Text(resolver, function, "AutoPublishAlias");

    /// <summary>The name of an API's stage.</summary>
    public static string StageOf(Resolver resolver, string api) =>
        Text(resolver, api, "StageName")
            ?? (resolver.Scope.TypeOf(api) == "AWS::Serverless::Api" || api == GeneratedNames.RestApi
                ? "Prod"
                : "$default");

    /// <summary>A property of a resource, or of an implicit API, as written; null when it is absent.</summary>
    public static YamlNode? Property(Resolver resolver, string logicalId, string property) =>
        Said(resolver, logicalId, property).FirstOrDefault();

    /// <summary>A property of a resource, then the same property of <c>Globals</c>.</summary>
    public static IEnumerable<YamlNode> Said(Resolver resolver, string logicalId, string property)
    {
        var resource = resolver.Scope.Resources[logicalId] as YamlMapping;
        if ((resource?["Properties"] as YamlMapping)?[property] is { } own and not YamlScalar { IsNull: true })
            yield return own;
        var type = resolver.Scope.TypeOf(logicalId);
        var section = logicalId switch
        {
            GeneratedNames.RestApi => "Api",
            GeneratedNames.HttpApi => "HttpApi",
            _ => type.StartsWith(Serverless, StringComparison.Ordinal) ? type[Serverless.Length..] : "",
        };
        var isIgnored = resource?["IgnoreGlobals"] is YamlScalar { Value: "*" }
            || (resource?["IgnoreGlobals"] is YamlSequence names
                && names.Items.Any(i => i is YamlScalar name && name.Value == property));
        if (!isIgnored && (resolver.Scope.Globals[section] as YamlMapping)?[property] is { } common
            and not YamlScalar { IsNull: true })
            yield return common;
    }

    /// <summary>Whether an API has an authorizer with a name, or may have one once it is resolved.</summary>
    public static bool HasAuthorizer(Resolver resolver, string api, string name) =>
        Said(resolver, api, "Auth").Any(said => said is YamlMapping auth && auth["Authorizers"] switch
        {
            YamlMapping authorizers => authorizers.Contains(name) || IsComputed(authorizers),
            _ => IsComputed(auth),
        });

    /// <summary>Whether a mapping has a key, or may have it once it is resolved.</summary>
    public static bool MayHave(YamlNode? node, string key) =>
        node is YamlMapping mapping && (mapping.Contains(key) || IsComputed(mapping));

    /// <summary>Whether a resource or <c>Globals</c> has a key at any depth.</summary>
    public static bool Has(Resolver resolver, string key) =>
        Any(resolver.Scope.Resources, e => e.Key.Value == key) || Any(resolver.Scope.Globals, e => e.Key.Value == key);

    /// <summary>Whether an event gives this name to a queue, or a queue policy, that SAM creates.</summary>
    public static bool NamesQueue(Resolver resolver, string name) =>
        Any(resolver.Scope.Resources, e => e.Key.Value is "QueueLogicalId" or "QueuePolicyLogicalId"
            && e.Value is YamlScalar given
            && given.Value == name);

    private static bool Any(YamlNode node, Func<YamlEntry, bool> isOne) => node switch
    {
        YamlMapping mapping => mapping.Entries.Any(e => isOne(e) || Any(e.Value, isOne)),
        YamlSequence list => list.Items.Any(i => Any(i, isOne)),
        _ => false,
    };

    /// <summary>The names of a resource's events.</summary>
    public static IEnumerable<string> Events(YamlMapping resource) =>
        ((resource["Properties"] as YamlMapping)?["Events"] as YamlMapping)?.Entries.Select(e => e.Key.Value) ?? [];

    /// <summary>The names of a resource's connectors.</summary>
    public static IEnumerable<string> Connectors(YamlMapping resource) =>
        (resource["Connectors"] as YamlMapping)?.Entries.Select(e => e.Key.Value) ?? [];

    /// <summary>Whether SAM creates an implicit API for events that name no API.</summary>
    public static bool HasImplicit(Resolver resolver, string api)
    {
        var (kind, property) = api == GeneratedNames.RestApi ? ("Api", "RestApiId") : ("HttpApi", "ApiId");
        return resolver.Scope.Resources.Entries.Any(e => e.Value is YamlMapping resource
            && resolver.Scope.TypeOf(e.Key.Value).StartsWith(Serverless, StringComparison.Ordinal)
            && MayMake(resource, kind, property, api));
    }

    private static bool MayMake(YamlMapping resource, string kind, string property, string api)
    {
        if (resource["Properties"] is not YamlMapping properties)
            return false;
        if (properties["Events"] is not YamlMapping events || IsComputed(events))
            return IsComputed(properties) || properties["Events"] is YamlMapping;
        return events.Entries.Any(e => e.Value is YamlMapping item && (IsComputed(item)
            || item["Type"] is not YamlScalar type
            || (type.Value == kind && Names(item["Properties"] as YamlMapping, property, api))));
    }

    private static bool Names(YamlMapping? properties, string property, string api) => properties?[property] switch
    {
        null or YamlScalar { IsNull: true } => true,
        YamlScalar text => text.Value == api,
        YamlMapping { Entries: [{ Key.Value: "Ref", Value: YamlScalar name }] } =>
            name.Value == api || name.Value == "AWS::NoValue",
        _ => true,
    };

    private static bool IsComputed(YamlMapping mapping) =>
        mapping.Entries.Any(e => e.Key.Value == "Ref" || e.Key.Value.StartsWith("Fn::", StringComparison.Ordinal));

    private static string? Text(Resolver resolver, string logicalId, string property) =>
        Property(resolver, logicalId, property) is { } node
            ? resolver.Guarded($"{logicalId}.{property}", node, () => (resolver.Resolve(node) as YamlScalar)?.Value)
            : null;
}
