using Esb.Schema.Yaml;

namespace Esb.Sam.Tests.Resources;

internal sealed class ResourceTests
{
    [Test]
    public async Task A_table_of_a_short_logical_id_has_a_name_that_is_long_enough() =>
        await Assert.That(string.Join(' ', Templates.Read("Resources: { T: { Type: AWS::Serverless::SimpleTable }, "
            + "Orders: { Type: AWS::Serverless::SimpleTable } }").Tables.Select(t => t.Name)))
            .IsEqualTo("T-table Orders");

    [Test]
    public async Task A_simple_table_is_a_table_with_one_key_on_demand()
    {
        var table = Templates.Read("Resources: { Orders: { Type: AWS::Serverless::SimpleTable } }").Tables.Single();
        await Assert.That(YamlTextWriter.Write(table.Properties)).IsEqualTo("""
            TableName: Orders
            KeySchema:
              - AttributeName: id
                KeyType: HASH
            AttributeDefinitions:
              - AttributeName: id
                AttributeType: S
            BillingMode: PAY_PER_REQUEST

            """);
    }

    [Test]
    public async Task A_simple_table_may_specify_its_key_its_name_and_its_throughput()
    {
        var table = Templates.Read("Resources: { Orders: { Type: AWS::Serverless::SimpleTable, "
            + "Properties: { TableName: orders, PrimaryKey: { Name: nr, Type: Number }, "
            + "ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 2 } } } }").Tables.Single();
        var text = YamlTextWriter.Write(table.Properties);
        await Assert.That(text).Contains("TableName: orders").And.Contains("AttributeName: nr").And.Contains(
            "AttributeType: \"N\"").And.Contains("BillingMode: PROVISIONED").And.Contains("WriteCapacityUnits: 2");
    }

    [Test]
    public async Task A_bucket_without_a_name_gets_one_from_its_logical_id()
    {
        var buckets = Templates.Read("Resources: { PhotoArchive: { Type: AWS::S3::Bucket }, B: { "
            + "Type: AWS::S3::Bucket, Properties: { BucketName: given-name } } }").Buckets;
        await Assert.That(string.Join(' ', buckets.Select(b => b.Name))).IsEqualTo("photo-archive given-name");
    }

    [Test]
    public async Task A_layer_next_to_the_template_is_named_by_its_name_or_logical_id()
    {
        var layers = Templates.Read("Resources: { A: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: "
            + "a, CompatibleRuntimes: [python3.12] } }, B: { Type: AWS::Lambda::LayerVersion, Properties: { "
            + "LayerName: bee, Content: b } } }").Layers;
        await Assert.That(string.Join(' ', layers.Select(l => $"{l.Name}={l.ContentPath}"))).IsEqualTo("A=a bee=b");
    }

    [Test]
    [Arguments("python3.12", "python3.12", "")]
    [Arguments("makefile", "makefile", "")]
    [Arguments(
        "java21",
        "",
        "warning: A: BuildMethod is left out: 'java21' is not served for layers; the content is used as it is")]
    public async Task A_layer_is_built_by_a_known_method(string method, string expected, string said)
    {
        var text = $"Resources: {{ A: {{ Type: AWS::Serverless::LayerVersion, Properties: {{ ContentUri: a }}, "
            + $"Metadata: {{ BuildMethod: {method} }} }} }}";
        await Assert.That(Templates.Read(text).Layers.Single().BuildMethod ?? "").IsEqualTo(expected);
        await Assert.That(string.Join('\n', Templates.Messages(text))).Contains(said);
    }

    [Test]
    [Arguments(
        "{ Type: AWS::DynamoDB::Table, Properties: { TableName: t1x, BillingMode: PAY_PER_REQUEST, "
            + "AttributeDefinitions: [] } }", "'KeySchema' needs at least one entry with KeyType HASH")]
    [Arguments(
        "{ Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQUEST, TableName: 'a b' } }",
        "'a b' is not a table name; allowed: letters, digits, '_', '-' and '.', 3 to 255 of them")]
    [Arguments("{ Type: AWS::S3::Bucket, Properties: { BucketName: UPPER } }", "'UPPER' is not a bucket name")]
    [Arguments(
        "{ Type: AWS::Serverless::LayerVersion, Properties: { LayerName: '../x', ContentUri: a } }",
        "'../x' is not a layer name")]
    [Arguments(
        "{ Type: AWS::S3::Bucket, Properties: { BuketName: aaa } }",
        "unknown property 'BuketName'; did you mean 'BucketName'?")]
    public async Task A_resource_that_cannot_be_created_is_an_error(string resource, string message) =>
        await Assert.That(Templates.Message($"Resources: {{ R: {resource} }}")).Contains(message);

    [Test]
    [Arguments("Resources: {}", "the template has no Resources")]
    [Arguments("Resorces: { A: { Type: AWS::S3::Bucket } }", "unknown section 'Resorces'; did you mean 'Resources'?")]
    [Arguments("- a", "a template must be a mapping, but is a list")]
    [Arguments("Resources: { A: x }", "resource 'A' must be a mapping, but is text")]
    [Arguments(
        "Globals: { Fnction: {} }\nResources: { A: { Type: AWS::S3::Bucket } }",
        "Globals: unknown section 'Fnction'; did you mean 'Function'?")]
    [Arguments(
        "Resources: { A: { Type: AWS::S3::Bucket }, A: { Type: AWS::S3::Bucket } }",
        "the key 'A' is a duplicate; it first appears on line 1")]
    public async Task An_invalid_template_is_an_error_that_says_what_is_wrong(string text, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(text))).Contains(message);
}
