using Esb.Sam.Functions;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resources;

/// <summary>Reads tables, buckets and layers from resolved properties.</summary>
internal sealed class ResourceReader(StackContext context)
{
    private readonly DiagnosticBag _diagnostics = context.Diagnostics;

    public IReadOnlyList<SamResource> ReadTables(ResourceSet resources) =>
        [
            .. resources.Of("AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable").Select(r => ReadTable(r, r.Name))
                .OfType<SamResource>(),
        ];

    public IReadOnlyList<SamResource> ReadBuckets(ResourceSet resources) =>
        [.. resources.Of("AWS::S3::Bucket").Select(r => ReadBucket(r, r.Name)).OfType<SamResource>()];

    public IReadOnlyList<SamLayer> ReadLayers(ResourceSet resources) =>
        [.. resources.Of("AWS::Serverless::LayerVersion", "AWS::Lambda::LayerVersion").Select(r => ReadLayer(r, r.Name))
            .OfType<SamLayer>()];

    private SamResource? ReadTable(TemplateResource resource, string name)
    {
        if (!ResourceNames.IsTable(name))
            return WrongName(resource, name, "table", "letters, digits, '_', '-' and '.', 3 to 255 of them");
        var properties =
            resource.Type == "AWS::Serverless::SimpleTable" ? FromSimpleTable(resource.Properties) : Applied(resource);
        if (Hash(properties) is null)
        {
            _diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{resource.LogicalId}: 'KeySchema' needs at least one entry with KeyType HASH",
                resource.Properties["KeySchema"] ?? resource.Key,
                "for example KeySchema: [{AttributeName: id, KeyType: HASH}]");
            return null;
        }

        return new SamResource(resource.LogicalId, name, Named("TableName", name, properties));
    }

    private SamResource? ReadBucket(TemplateResource resource, string name)
    {
        if (!ResourceNames.IsBucket(name))
            return WrongName(resource, name, "bucket", "small letters, digits, '-' and '.', 3 to 63 of them");
        return new SamResource(resource.LogicalId, name, Named("BucketName", name, Applied(resource)));
    }

    private SamLayer? ReadLayer(TemplateResource resource, string name)
    {
        if (!FunctionName.IsValid(name))
        {
            WrongName(resource, name, "layer", FunctionName.Rule);
            return null;
        }

        var reader = new MappingReader(resource.Properties, resource.LogicalId, _diagnostics);
        var key = resource.Type == "AWS::Lambda::LayerVersion" ? "Content" : "ContentUri";
        if (resource.Properties[key] is not { } content)
        {
            _diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{resource.LogicalId}: '{key}' is missing",
                resource.Key,
                $"for example {key}: layers/common");
            return null;
        }

        if (content is YamlScalar { IsNull: false } path && !path.Value.Contains("://", StringComparison.Ordinal))
        {
            var folder = path.Value.Length > 0 ? path.Value : context.OwnFolder(resource, key, path);
            context.Files.Check(folder, path, resource.LogicalId, _diagnostics);
            return new SamLayer(
                resource.LogicalId,
                name,
                context.RelativeToTop(new YamlScalar(folder)),
                reader.TextList("CompatibleRuntimes"),
                path.Place)
            {
                BuildMethod = new BuildMethods(context).OfLayer(resource),
            };
        }

        const string Why = "its content is on AWS and cannot be read here";
        _diagnostics.Warning(
            DiagnosticCodes.NotSupported,
            $"{resource.LogicalId}: the layer is ignored, {Why}",
            content,
            $"name a path next to the template, for example {key}: layers/common");
        context.Receipt.Ignored(resource.LogicalId, key, Why, content);
        return null;
    }

    private static YamlMapping? Hash(YamlMapping table) =>
        (table["KeySchema"] as YamlSequence)?.Items.OfType<YamlMapping>()
            .FirstOrDefault(k => k["KeyType"] is YamlScalar { Value: "HASH" });

    // AWS::Serverless::SimpleTable has one key, 'id' by default, and is on demand unless it has a throughput.
    private static YamlMapping FromSimpleTable(YamlMapping simple)
    {
        var key = simple["PrimaryKey"] as YamlMapping;
        var name = (key?["Name"] as YamlScalar)?.Value ?? "id";
        var type = (key?["Type"] as YamlScalar)?.Value switch { "Number" => "N", "Binary" => "B", _ => "S" };
        var throughput = simple["ProvisionedThroughput"];
        return YamlMapping.Of(
            ("KeySchema", new YamlSequence(
                [YamlMapping.Of(("AttributeName", YamlScalar.Text(name)), ("KeyType", YamlScalar.Text("HASH")))])),
            ("AttributeDefinitions", new YamlSequence(
                [YamlMapping.Of(("AttributeName", YamlScalar.Text(name)), ("AttributeType", YamlScalar.Text(type)))])),
            ("BillingMode", YamlScalar.Text(throughput is null ? "PAY_PER_REQUEST" : "PROVISIONED")),
            ("ProvisionedThroughput", throughput),
            ("SSESpecification", simple["SSESpecification"]),
            ("PointInTimeRecoverySpecification", simple["PointInTimeRecoverySpecification"]));
    }

    private static YamlMapping Applied(TemplateResource resource)
    {
        var known = KnownProperties.For(resource.Type)!;
        return new YamlMapping([.. resource.Properties.Entries.Where(e => known.IsRead(e.Key.Value))]);
    }

    private static YamlMapping Named(string property, string name, YamlMapping properties) =>
        new([new YamlEntry(YamlScalar.Text(property), YamlScalar.Text(name)), .. properties.Without(property).Entries]);

    private SamResource? WrongName(TemplateResource resource, string name, string noun, string rule)
    {
        _diagnostics.Error(
            DiagnosticCodes.WrongValue,
            $"{resource.LogicalId}: '{name}' is not a {noun} name",
            resource.Key,
            $"allowed: {rule}");
        return null;
    }
}
