using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Esb.Schema.Diagnostics;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Provisioner.Tables;

/// <summary>CloudFormation's properties of AWS::DynamoDB::Table as the API's CreateTable request, name by name.</summary>
internal sealed class TableRequest(DiagnosticBag diagnostics)
{
    public CreateTableRequest Make(Resource table)
    {
        var reader = new MappingReader(table.Properties, $"table '{table.Name}'", diagnostics);
        var throughput = Throughput(reader.Nested("ProvisionedThroughput"));
        var request = new CreateTableRequest
        {
            TableName = table.Name,
            KeySchema = Keys(reader),
            AttributeDefinitions = [.. Items(reader, "AttributeDefinitions").Select(a => new AttributeDefinition(Required(a, "AttributeName"), Required(a, "AttributeType")))],
            // CloudFormation's default is PROVISIONED, which without a throughput nobody can mean.
            BillingMode = reader.Text("BillingMode") ?? (throughput is null ? BillingMode.PAY_PER_REQUEST.Value : BillingMode.PROVISIONED.Value),
            ProvisionedThroughput = throughput,
        };
        if (reader.Text("TableClass") is { } tableClass)
            request.TableClass = tableClass;
        if (reader.Boolean("DeletionProtectionEnabled") is { } isProtected)
            request.DeletionProtectionEnabled = isProtected;
        if (reader.Nested("StreamSpecification") is { } stream)
            request.StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = Required(stream, "StreamViewType") };
        if (reader.Nested("SSESpecification") is { } encryption)
            request.SSESpecification = new SSESpecification { Enabled = encryption.Boolean("SSEEnabled") ?? true };
        AddIndexes(request, reader);
        return request;
    }

    /// <summary>The attribute by which items expire; null when there is none.</summary>
    public string? TimeToLive(Resource table)
    {
        var ttl = new MappingReader(table.Properties, $"table '{table.Name}'", diagnostics).Nested("TimeToLiveSpecification");
        return ttl is not null && (ttl.Boolean("Enabled") ?? true) ? Required(ttl, "AttributeName") : null;
    }

    private void AddIndexes(CreateTableRequest request, MappingReader reader)
    {
        var global = Items(reader, "GlobalSecondaryIndexes").ToList();
        if (global.Count > 0)
            request.GlobalSecondaryIndexes = [.. global.Select(i => new GlobalSecondaryIndex { IndexName = Required(i, "IndexName"), KeySchema = Keys(i), Projection = Projected(i), ProvisionedThroughput = Throughput(i.Nested("ProvisionedThroughput")) })];
        var local = Items(reader, "LocalSecondaryIndexes").ToList();
        if (local.Count > 0)
            request.LocalSecondaryIndexes = [.. local.Select(i => new LocalSecondaryIndex { IndexName = Required(i, "IndexName"), KeySchema = Keys(i), Projection = Projected(i) })];
    }

    private List<KeySchemaElement> Keys(MappingReader reader) =>
        [.. Items(reader, "KeySchema").Select(k => new KeySchemaElement(Required(k, "AttributeName"), Required(k, "KeyType")))];

    private static ProvisionedThroughput? Throughput(MappingReader? reader) =>
        reader is null ? null : new ProvisionedThroughput(reader.Integer("ReadCapacityUnits", 1, int.MaxValue) ?? 1, reader.Integer("WriteCapacityUnits", 1, int.MaxValue) ?? 1);

    private static Projection Projected(MappingReader index)
    {
        var reader = index.Nested("Projection");
        var attributes = reader?.TextList("NonKeyAttributes") ?? [];
        return new Projection { ProjectionType = reader?.Text("ProjectionType") ?? "ALL", NonKeyAttributes = attributes.Count == 0 ? null : [.. attributes] };
    }

    private IEnumerable<MappingReader> Items(MappingReader reader, string key)
    {
        foreach (var item in reader.List(key))
        {
            if (item is YamlMapping mapping)
                yield return new MappingReader(mapping, $"{reader.Subject}, {key}", diagnostics);
            else
                diagnostics.Error(DiagnosticCodes.WrongKind, $"{reader.Subject}: an entry of '{key}' must be a mapping, this is {item.Kind}", item);
        }
    }

    private static string Required(MappingReader reader, string key) => reader.RequiredText(key, "see AWS::DynamoDB::Table") ?? "";
}
