using Esb.Sam.Apis;
using Esb.Sam.Functions;
using Esb.Sam.Globals;
using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Sam.Rules;
using Esb.Sam.Sections;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>
/// Resolves the resources of the types that are served, and adds a line to the receipt for everything in them.
/// </summary>
internal sealed class ResourceResolving(Resolver resolver, YamlMapping globals)
{
    /// <summary>A type that is not served. Its routes are read only so that they can be closed.</summary>
    public const string StateMachine = "AWS::Serverless::StateMachine";

    private static readonly (string Attribute, string Why)[] WithoutEffect =
        [("Connectors", Reasons.Identity), ("CreationPolicy", Reasons.Managed), ("UpdatePolicy", Reasons.Managed)];

    private static readonly string[] ServerlessTypes =
    [
        "AWS::Serverless::Function", "AWS::Serverless::Api", "AWS::Serverless::HttpApi",
        "AWS::Serverless::SimpleTable", "AWS::Serverless::LayerVersion", "AWS::Serverless::Application",
        "AWS::Serverless::StateMachine", "AWS::Serverless::Connector", "AWS::Serverless::GraphQLApi",
        "AWS::Serverless::CapacityProvider", "AWS::Serverless::WebSocketApi",
    ];

    private readonly DiagnosticBag _diagnostics = resolver.Diagnostics;
    private readonly WordsOfSam _words = new(resolver);
    private readonly ResourceAttributes _attributes = new(resolver);
    private readonly Receipt _receipt = resolver.Scope.Context.Receipt;

    public IReadOnlyList<TemplateResource> All()
    {
        List<TemplateResource> resources = [];
        foreach (var (key, node) in resolver.Scope.Resources.Entries)
        {
            if (node is not YamlMapping resource)
                _diagnostics.Error(
                    DiagnosticCodes.WrongKind, $"resource '{key.Value}' must be a mapping, but is {node.Kind}", node);
            else if (!TemplateNames.IsLogicalId(key.Value))
                _diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{key.Value}' is not a logical id",
                    key,
                    "allowed: letters and digits");
            else if (resolver.Scope.Value(key.Value) is not null)
                _diagnostics.Error(
                    DiagnosticCodes.WrongValue,
                    $"'{key.Value}' is a parameter and a resource",
                    key,
                    "give one of them another name");
            else if (One(key, resource) is { } resolved)
                resources.Add(resolved);
        }

        return resources;
    }

    private TemplateResource? One(YamlScalar key, YamlMapping resource)
    {
        _attributes.Check(key, resource);
        if (new MappingReader(resource, key.Value, _diagnostics)
            .RequiredText("Type", "for example Type: AWS::Serverless::Function") is not { } type
            || !CheckType(key, type, resource))
            return null;
        if (!HasTrueCondition(resource))
        {
            resolver.Scope.Context.NotCreated.Add(resolver.Scope.Context.NameOf(key.Value));
            _receipt.Applied(key.Value, type, key);
            return null;
        }

        if (KnownProperties.For(type) is not { } known)
        {
            NotCreated(key, type, resource["Properties"] as YamlMapping ?? YamlMapping.Empty);
            return Machine(key, type, resource);
        }

        AddPolicies(key, type, resource);
        foreach (var (attribute, why) in WithoutEffect.Where(a => resource.Contains(a.Attribute)))
            _receipt.Ignored(key.Value, attribute, why, resource.KeyNode(attribute)!);
        if (resource["Properties"] is { } wrong and not YamlMapping and not YamlScalar { IsNull: true })
        {
            _diagnostics.Error(
                DiagnosticCodes.WrongKind, $"{key.Value}: 'Properties' must be a mapping, but is {wrong.Kind}", wrong);
            return null;
        }

        var properties = resource["Properties"] as YamlMapping ?? new YamlMapping([], key.Place);
        if (properties.Contains(Includes.Key))
            properties = Includes.Merge(resolver, properties);
        if (properties.Entries is [{ Key.Value: "Fn::If" }])
            properties = Decided(key, type, properties);
        properties = DefinitionFile.Placed(key.Value, type, properties, resolver);
        CheckProperties(key, type, properties, known);
        NullValues.Check(key.Value, properties, resolver.Scope.Context);
        GlobalsMerge.CheckIgnored(key, type, resource["IgnoreGlobals"], _diagnostics);
        var merged = GlobalsMerge.Apply(globals, key.Value, type, properties, resolver, resource["IgnoreGlobals"]);
        RequiredProperties.CheckUnread(key, type, merged, resolver.Scope.Context);
        var read = _words.Read(key.Value, type, new YamlMapping(
            [.. merged.Entries.Where(e => known.IsRead(e.Key.Value) && CanBeRead(key, e))], merged.Place));
        var meant = (YamlMapping)resolver.Resolve(read)!;
        RequiredProperties.Check(
            key,
            type,
            new YamlMapping([.. merged.Entries.Where(e => !known.IsRead(e.Key.Value))], merged.Place),
            meant,
            _diagnostics);
        var resolved = PropertyRules.Check(key.Value, type, meant, resolver.Scope.Context);
        var metadata = resource["Metadata"] is YamlMapping written ? resolver.Resolve(written) as YamlMapping : null;
        DynamicReferences.Check(key.Value, "", resolved, _diagnostics);
        DynamicReferences.Check(key.Value, "Metadata", metadata ?? YamlMapping.Empty, _diagnostics);
        return new TemplateResource(key, type, resolved, metadata
            ?? YamlMapping.Empty, resolver.NameOf(key.Value, key), resolver.Scope.Context);
    }

    // SAM accepts no function there. One of its branches may open what the other one guards.
    private YamlMapping Decided(YamlScalar key, string type, YamlMapping properties)
    {
        if (type.StartsWith("AWS::Serverless::", StringComparison.Ordinal))
            _diagnostics.Error(
                DiagnosticCodes.WrongKind,
                $"{key.Value}: 'Properties' is a function, which SAM refuses there",
                properties,
                "give each case its own resource with a Condition");
        return resolver.Resolve(properties) as YamlMapping ?? YamlMapping.Empty;
    }

    // State machines are not run. Their routes are read so that they can be closed.
    private TemplateResource? Machine(YamlScalar key, string type, YamlMapping resource) =>
        type == StateMachine
            && (resource["Properties"] as YamlMapping)?["Events"] is YamlMapping events
            && resolver.Resolve(events) is YamlMapping resolved
            ? new TemplateResource(
                key,
                type,
                YamlMapping.Of(("Events", resolved)),
                YamlMapping.Empty,
                resolver.Scope.Context.NameOf(key.Value),
                resolver.Scope.Context)
            : null;

    private bool HasTrueCondition(YamlMapping resource)
    {
        if (resource["Condition"] is not { } node)
            return true;
        if (node is YamlScalar condition)
            return resolver.Condition(condition.Value, condition);
        _diagnostics.Error(
            DiagnosticCodes.WrongKind, $"'Condition' must be the name of a condition, but is {node.Kind}", node);
        return false;
    }

    private bool CheckType(YamlScalar key, string type, YamlMapping resource)
    {
        var wrong = type.StartsWith("AWS::Serverless::", StringComparison.Ordinal)
            ? !ServerlessTypes.Contains(type)
            : !TemplateNames.IsType(type);
        if (wrong)
            _diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"{key.Value}: '{type}' is not a resource type",
                resource["Type"],
                NearMiss.Help(type, ServerlessTypes.Concat(KnownProperties.Types)));
        return !wrong;
    }

    // Deletion and replacement never happen here.
    private void AddPolicies(YamlScalar key, string type, YamlMapping resource)
    {
        if (type is not ("AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable" or "AWS::S3::Bucket"))
            return;
        foreach (var policy in new[] { "DeletionPolicy", "UpdateReplacePolicy" })
        {
            if (resource.KeyNode(policy) is { } place)
                _receipt.Ignored(key.Value, policy, Reasons.NeverDeleted, place);
        }
    }

    private void NotCreated(YamlScalar key, string type, YamlMapping properties)
    {
        // UrlPermissions writes the line of a permission, which depends on the principal.
        if (type == UrlPermission.Type)
            return;
        if (Reasons.NotNeeded(type, properties) is { } why)
            _receipt.Approximated(key.Value, type, why, key);
        else
            _receipt.Ignored(key.Value, type, Reasons.NotCreated(type), key);
        // A resource that would call a function is never left out silently.
        if (type is "AWS::Lambda::EventSourceMapping"
            or "AWS::Serverless::StateMachine"
            or "AWS::Serverless::WebSocketApi"
            or "AWS::Serverless::GraphQLApi")
            _diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{key.Value}: ESB does not create {type}; nothing will call functions through it",
                key);
    }

    private void CheckProperties(YamlScalar resource, string type, YamlMapping properties, KnownProperties known)
    {
        if (properties.Entries.Count == 0)
            _receipt.Applied(resource.Value, type, resource);
        foreach (var (property, _) in properties.Entries)
        {
            if (known[property.Value] is { } fate)
                Known(resource, type, property, fate);
            else if (NearMiss.Help(property.Value, known.Names) is { } help)
                _diagnostics.Error(
                    DiagnosticCodes.UnknownKey,
                    $"{resource.Value}: unknown property '{property.Value}'",
                    property,
                    help);
            else if (type.StartsWith("AWS::Serverless::", StringComparison.Ordinal)
                || ControlsAccess(type, property.Value))
                _diagnostics.Error(
                    DiagnosticCodes.UnknownKey, $"{resource.Value}: unknown property '{property.Value}'", property);
            else
                Unknown(resource, type, property);
        }
    }

    // CloudFormation refuses properties that a type does not have. ESB refuses such a property too if it probably
    // controls access.
    private static bool ControlsAccess(string type, string property) =>
        type is "AWS::ApiGateway::Method" or "AWS::ApiGatewayV2::Route" or "AWS::Lambda::Url"
            || GuardWords.IsGuard(property);

    private void Known(YamlScalar resource, string type, YamlScalar property, PropertyFate fate)
    {
        _receipt.Add(resource.Value, property.Value, fate.Outcome, fate.Reason, property);
        if ((type, property.Value) is ("AWS::S3::Bucket", "NotificationConfiguration")
            or ("AWS::Events::Rule", "EventPattern"))
            _diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"{resource.Value}: {property.Value} is ignored: {fate.Reason}",
                property);
    }

    // The resource types of CloudFormation get new properties every month, so an unknown property is not an error.
    private void Unknown(YamlScalar resource, string type, YamlScalar property)
    {
        _diagnostics.Warning(
            DiagnosticCodes.UnknownKey, $"{resource.Value}: unknown property '{property.Value}'", property);
        _receipt.Ignored(
            resource.Value, property.Value, $"{type} has no such property that this version knows", property);
    }

    // An API whose definition is on S3 still has the routes of its events.
    private bool CanBeRead(YamlScalar resource, YamlEntry property)
    {
        if (property.Key.Value is not ("DefinitionBody" or "Body")
            || property.Value is not YamlMapping { } body
            || body[Includes.Key] is not { } include)
            return true;
        if (!Includes.Calls(include).Select(c => Includes.Location(resolver, c))
            .Any(l => l?.Contains("://", StringComparison.Ordinal) == true))
            return true;
        const string Why = "the definition is on AWS and cannot be read here; only routes of events are served";
        resolver.Scope.Context.DefinedOnAws.Add(resource.Value);
        _receipt.Approximated(resource.Value, property.Key.Value, Why, property.Key);
        _diagnostics.Warning(
            DiagnosticCodes.NotSupported, $"{resource.Value}: {Why}", property.Key, "name a file next to the template");
        return false;
    }
}
