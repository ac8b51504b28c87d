using Esb.Sam.Apis;
using Esb.Sam.Functions;
using Esb.Sam.Globals;
using Esb.Sam.Receipts;
using Esb.Sam.Resolving;
using Esb.Sam.Resources;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>Tree → model: checks the sections, resolves each resource with its globals, and hands it to the reader of its kind.</summary>
internal sealed class TemplateReader
{
    private static readonly string[] Sections =
        ["AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Globals", "Parameters", "Mappings", "Conditions", "Rules", "Resources", "Outputs"];

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy", "UpdatePolicy", "Connectors", "IgnoreGlobals",
    };

    private readonly YamlMapping _template;
    private readonly YamlMapping _globals;
    private readonly DiagnosticBag _diagnostics;
    private readonly Resolver _resolver;
    private readonly List<ReceiptLine> _receipt = [];

    public TemplateReader(YamlMapping template, SamOptions options, DiagnosticBag diagnostics)
    {
        _template = template;
        _diagnostics = diagnostics;
        _globals = template["Globals"] as YamlMapping ?? YamlMapping.Empty;
        _resolver = new Resolver(new TemplateScope(template, options, diagnostics), diagnostics);
    }

    public SamTemplate Read()
    {
        CheckSections();
        var resources = Resources().ToList();
        var apis = resources
            .Where(r => r.Type is "AWS::Serverless::Api" or "AWS::Serverless::HttpApi")
            .ToDictionary(r => r.LogicalId, r => ApiSettings.From(r.Type, r.Properties), StringComparer.Ordinal);
        // Events that name no API belong to the implicit ones, which only Globals can configure.
        apis.TryAdd(EventReader.ImplicitRestApi, Implicit("AWS::Serverless::Api"));
        apis.TryAdd(EventReader.ImplicitHttpApi, Implicit("AWS::Serverless::HttpApi"));
        var (functions, routes) = Functions(resources, apis);
        var reader = new ResourceReader(_diagnostics);
        string Name(TemplateResource r) => ResourceNames.Of(_resolver, r.LogicalId, r.Key);
        return new SamTemplate
        {
            Functions = functions,
            Routes = routes,
            Layers = [.. resources.Where(r => r.Type.EndsWith("::LayerVersion", StringComparison.Ordinal)).Select(r => reader.ReadLayer(r, Name(r))).OfType<SamLayer>()],
            Tables = [.. resources.Where(r => r.Type is "AWS::DynamoDB::Table" or "AWS::Serverless::SimpleTable").Select(r => reader.ReadTable(r, Name(r))).OfType<SamResource>()],
            Buckets = [.. resources.Where(r => r.Type is "AWS::S3::Bucket").Select(r => reader.ReadBucket(r, Name(r))).OfType<SamResource>()],
            Receipt = _receipt,
        };
    }

    private ApiSettings Implicit(string type) =>
        ApiSettings.From(type, _resolver.Resolve(GlobalsMerge.Apply(_globals, type, YamlMapping.Empty)) as YamlMapping ?? YamlMapping.Empty);

    private void CheckSections()
    {
        foreach (var (section, _) in _template.Entries)
        {
            if (!Sections.Contains(section.Value))
                _diagnostics.Error(DiagnosticCodes.UnknownKey, $"unknown section '{section.Value}'", section, NearMiss.Help(section.Value, Sections));
        }

        if (_template["Resources"] is not YamlMapping { Entries.Count: > 0 })
            _diagnostics.Error(DiagnosticCodes.MissingKey, "the template has no Resources", _template, "add at least one resource, for example of Type AWS::Serverless::Function");
        GlobalsMerge.Check(_globals, _diagnostics);
    }

    private IEnumerable<TemplateResource> Resources()
    {
        foreach (var (key, node) in _resolver.Scope.Resources.Entries)
        {
            if (node is not YamlMapping resource)
                _diagnostics.Error(DiagnosticCodes.WrongKind, $"resource '{key.Value}' must be a mapping, this is {node.Kind}", node);
            else if (IsWanted(resource) && Resource(key, resource) is { } resolved)
                yield return resolved;
        }
    }

    private bool IsWanted(YamlMapping resource) =>
        resource["Condition"] is not YamlScalar condition || _resolver.Condition(condition.Value, condition);

    private TemplateResource? Resource(YamlScalar key, YamlMapping resource)
    {
        foreach (var (attribute, _) in resource.Entries)
        {
            if (!Attributes.Contains(attribute.Value))
                _diagnostics.Error(DiagnosticCodes.UnknownKey, $"{key.Value}: unknown attribute '{attribute.Value}'", attribute, NearMiss.Help(attribute.Value, Attributes));
        }

        if (new MappingReader(resource, key.Value, _diagnostics).RequiredText("Type", "for example Type: AWS::Serverless::Function") is not { } type)
            return null;
        if (KnownProperties.For(type) is not { } known)
        {
            _receipt.Add(new ReceiptLine(key.Value, type, Outcome.Ignored, $"the box makes no {type}", key.Place));
            return null;
        }

        var properties = resource["Properties"] as YamlMapping ?? new YamlMapping([], key.Place);
        CheckProperties(key, properties, known);
        var merged = GlobalsMerge.Apply(_globals, type, properties);
        return new TemplateResource(key, type, (YamlMapping)_resolver.Resolve(merged)!);
    }

    private void CheckProperties(YamlScalar resource, YamlMapping properties, KnownProperties known)
    {
        foreach (var (property, _) in properties.Entries)
        {
            if (known.Applied.Contains(property.Value))
                _receipt.Add(new ReceiptLine(resource.Value, property.Value, Outcome.Applied, "", property.Place));
            else if (known.Ignored.TryGetValue(property.Value, out var reason))
                _receipt.Add(new ReceiptLine(resource.Value, property.Value, Outcome.Ignored, reason, property.Place));
            else if (!property.Value.StartsWith("Fn::", StringComparison.Ordinal))
                _diagnostics.Error(DiagnosticCodes.UnknownKey, $"{resource.Value}: unknown property '{property.Value}'", property, NearMiss.Help(property.Value, known.All));
        }
    }

    private (List<SamFunction> Functions, List<SamRoute> Routes) Functions(List<TemplateResource> resources, Dictionary<string, ApiSettings> apis)
    {
        var reader = new FunctionReader(_resolver.Scope, _diagnostics);
        var events = new EventReader(apis, _diagnostics);
        List<SamFunction> functions = [];
        List<SamRoute> routes = [];
        foreach (var resource in resources.Where(r => r.Type is "AWS::Serverless::Function" or "AWS::Lambda::Function"))
        {
            if (reader.Read(resource) is not { } function)
                continue;
            var (own, schedules) = events.Read(function, resource.Properties["Events"] as YamlMapping, _receipt);
            if (functions.Find(f => f.Name == function.Name) is { } twin)
                _diagnostics.Error(DiagnosticCodes.WrongValue, $"{function.LogicalId}: the name '{function.Name}' is that of {twin.LogicalId} too", resource.Key, "give them different FunctionNames");
            functions.Add(function with { Schedules = schedules });
            routes.AddRange(own);
        }

        return (functions, routes);
    }
}
