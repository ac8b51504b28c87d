namespace Esb.Sam.Tests.Resources;

/// <summary>Two resources with one name, in one template or in several nested applications.</summary>
internal sealed class PhysicalNameTests
{
    private static string Of(string kind, string name) => kind switch
    {
        "function" =>
            $"{{ Type: AWS::Serverless::Function, Properties: {{ FunctionName: {name}, {Templates.Code} }} }}",
        "plain function" => $"{{ Type: AWS::Lambda::Function, Properties: {{ FunctionName: {name}, Code: {{ "
            + $"ZipFile: x }}, Handler: a.b, Runtime: python3.12 }} }}",
        "table" => $"{{ Type: AWS::DynamoDB::Table, Properties: {{ TableName: {name}, BillingMode: PAY_PER_REQUEST, "
            + $"KeySchema: [{{ AttributeName: id, KeyType: HASH }}], AttributeDefinitions: [{{ AttributeName: id, "
            + $"AttributeType: S }}] }} }}",
        "simple table" => $"{{ Type: AWS::Serverless::SimpleTable, Properties: {{ TableName: {name} }} }}",
        _ => $"{{ Type: AWS::S3::Bucket, Properties: {{ BucketName: {name} }} }}",
    };

    [Test]
    [Arguments("function", "function")]
    [Arguments("plain function", "function")]
    [Arguments("table", "simple table")]
    [Arguments("simple table", "simple table")]
    [Arguments("bucket", "bucket")]
    public async Task Two_resources_with_one_name_in_a_template_are_an_error_that_names_both(
        string one,
        string other) =>
        await Assert.That(Templates.Messages($"Resources:\n  A: {Of(one, "same")}\n  B: {Of(other, "same")}\n")
            .Single(m => m.Contains("error:", StringComparison.Ordinal)))
            .StartsWith("t.yaml:3:3: error: B: the name 'same' is already that of A, t.yaml:2:3");

    [Test]
    [Arguments("function")]
    [Arguments("plain function")]
    [Arguments("table")]
    [Arguments("simple table")]
    [Arguments("bucket")]
    public async Task Two_resources_with_one_name_in_two_applications_are_an_error_that_names_both(string kind)
    {
        using var project = Twice($"Resources:\n  X: {Of(kind, "same")}\n");
        await Assert.That(project.Messages().Single(m => m.Contains("error:", StringComparison.Ordinal)))
            .Contains("S2/X: the name 'same' is already that of S1/X, child.yaml:2:3");
    }

    [Test]
    public async Task An_application_and_its_parent_may_not_use_one_name_either()
    {
        using var project = new Project(
            ("template.yaml", $"Resources:\n  A: {{ Type: AWS::Serverless::Application, Properties: {{ "
                + $"Location: child.yaml }} }}\n  G: {Of("function", "A-F")}\n"),
            ("child.yaml",
                $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }}\n"));
        await Assert.That(project.Messages().Single())
            .Contains("A/F: the name 'A-F' is already that of G, template.yaml:3:3");
    }

    [Test]
    [Arguments("function")]
    [Arguments("table")]
    [Arguments("bucket")]
    public async Task A_resource_with_a_false_condition_has_no_name(string kind) =>
        await Assert.That(Templates.Messages($"Conditions: {{ No: !Equals [a, b] }}\nResources:\n  "
            + $"A: {Of(kind, "same").Replace("{ Type", "{ Condition: No, Type", StringComparison.Ordinal)}\n  "
            + $"B: {Of(kind, "same")}\n")).IsEmpty();

    [Test]
    public async Task Each_application_has_its_own_stack_name_below_that_of_its_parent()
    {
        using var project = Twice($$"""
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { FunctionName: !Sub '${AWS::StackName}-api',
                  {{Templates.Code}}, Environment: { Variables: { ID: !Ref AWS::StackId } } } }
              T: { Type: AWS::Serverless::SimpleTable, Properties: { TableName: !Sub '${AWS::StackName}-table' } }
            """);
        var template = project.Read(options: new SamOptions { StackName = "shop" });
        await Assert.That(string.Join(' ', template.Functions.Select(f => f.Name)))
            .IsEqualTo("shop-S1-api shop-S2-api");
        await Assert.That(string.Join(' ', template.Tables.Select(t => t.Name)))
            .IsEqualTo("shop-S1-table shop-S2-table");
        await Assert.That(template.Functions[1].Environment["ID"]).Contains("stack/shop-S2/");
    }

    [Test]
    [Arguments("L1: { LayerName: same }, L2: { LayerName: same }")]
    [Arguments("L1: { LayerName: L2 }, L2: {}")]
    [Arguments("L2: {}, L1: { LayerName: L2 }")]
    public async Task Two_versions_of_one_layer_are_two_layers_and_each_function_gets_its_version(string layers)
    {
        var resources = layers.Replace("{ LayerName", "{ ContentUri: c, LayerName", StringComparison.Ordinal)
            .Replace("{}", "{ ContentUri: c }", StringComparison.Ordinal);
        const string Layer = ": { Type: AWS::Serverless::LayerVersion, Properties: {";
        var lines = resources.Split("}, ").Select(l => l.TrimEnd('}').Replace(": {", Layer, StringComparison.Ordinal));
        var text = "Resources:\n" + string.Concat(lines.Select(l => $"  {l} }} }}\n"))
            + $"  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, Layers: [!Ref L1] }} }}\n  "
            + $"G: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, Layers: [!Ref L2] }} }}\n";
        var template = Templates.Read(text);
        var byId = template.Layers.ToDictionary(l => l.LogicalId, l => l.Name);
        await Assert.That(byId["L1"]).IsNotEqualTo(byId["L2"]);
        await Assert.That((template.Functions[0].Layers.Single(), template.Functions[1].Layers.Single()))
            .IsEqualTo((byId["L1"], byId["L2"]));
    }

    [Test]
    public async Task Versions_of_one_layer_in_two_applications_are_two_layers_and_the_first_keeps_the_name()
    {
        using var project = Twice($$"""
            Resources:
              L: { Type: AWS::Lambda::LayerVersion, Properties: { Content: layer, LayerName: same } }
              F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}}, Layers: [!Ref L] } }
            """);
        await Assert.That(string.Join(' ', project.Read().Functions.Select(f => f.Layers.Single())))
            .IsEqualTo("same same-S2-L");
    }

    private static Project Twice(string child) => new(
        ("template.yaml", "Resources:\n  S1: { Type: AWS::Serverless::Application, Properties: { Location: "
            + "child.yaml } }\n  S2: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: child.yaml } }\n"),
        ("child.yaml", child));
}
