namespace Esb.Sam.Tests.Functions;

internal sealed class FunctionTests
{
    [Test]
    [Arguments("AWS::Serverless::Function", "CodeUri: src")]
    [Arguments("AWS::Lambda::Function", "Role: r, Code: src")]
    public async Task Isolated_tenants_are_an_error(string type, string code) =>
        await Assert.That(string.Join(
            '\n',
            Templates.Messages($"Resources: {{ F: {{ Type: {type}, Properties: {{ {code}, Handler: app.handler, "
                + $"Runtime: python3.12, TenancyConfig: {{ TenantIsolationMode: PER_TENANT }} }} }} }}")))
            .Contains("error: F: tenants cannot be isolated here");

    [Test]
    public async Task A_function_has_everything_that_its_properties_say()
    {
        var function = Templates.Function(
            Templates.FunctionWith(
                "FunctionName: orders, Timeout: 30, MemorySize: 512, Architectures: [arm64], "
                    + "ReservedConcurrentExecutions: 5, AutoPublishAlias: live, ProvisionedConcurrencyConfig: "
                    + "{ ProvisionedConcurrentExecutions: 2 }, Environment: { Variables: { A: 1, B: x } }"), "orders");
        await Assert.That(function.LogicalId).IsEqualTo("F");
        await Assert.That(function.CodePath).IsEqualTo("src");
        await Assert.That((function.Timeout, function.MemorySize, function.MinCapacity, function.MaxCapacity))
            .IsEqualTo((30, 512, 2, 5));
        await Assert.That(function.Architectures).IsEquivalentTo(["arm64"]);
        await Assert.That(function.Environment.Select(e => $"{e.Key}={e.Value}")).IsEquivalentTo(["A=1", "B=x"]);
    }

    [Test]
    public async Task A_function_of_plain_cloudformation_is_a_function_as_well()
    {
        var template = Templates.Read("""
            Resources:
              Zip: { Type: AWS::Lambda::Function, Properties: { Code: src, Handler: a.b, Runtime: nodejs22.x } }
              Inline: { Type: AWS::Lambda::Function, Properties: { Code: { ZipFile: "def h(e, c): pass" },
                  Handler: index.h, Runtime: python3.12 } }
              Image: { Type: AWS::Lambda::Function, Properties: { PackageType: Image, Code: { ImageUri: 'r/i:1' } } }
            """);
        await Assert.That(template.Functions.Single(f => f.Name == "Zip").CodePath).IsEqualTo("src");
        await Assert.That(template.Functions.Single(f => f.Name == "Inline").InlineCode).IsEqualTo("def h(e, c): pass");
        await Assert.That(template.Functions.Single(f => f.Name == "Image").ImageUri).IsEqualTo("r/i:1");
    }

    [Test]
    public async Task A_value_of_the_globals_applies_unless_the_function_overrides_it()
    {
        const string Globals = "Globals: { Function: { Runtime: python3.12, Timeout: 7, Environment: { Variables: { "
            + "A: a, B: b } }, Layers: [!Ref One] } }";
        var function = Templates.Function($$"""
            {{Globals}}
            Resources:
              One: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: one } }
              Two: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: two } }
              F: { Type: AWS::Serverless::Function, Properties: { CodeUri: src, Handler: a.b, Timeout: 9,
                  Environment: { Variables: { B: mine, C: c } }, Layers: [!Ref Two] } }
            """);
        await Assert.That(function.Timeout).IsEqualTo(9);
        await Assert.That(function.Environment.Select(e => $"{e.Key}={e.Value}"))
            .IsEquivalentTo(["A=a", "B=mine", "C=c"]);
        await Assert.That(string.Join(' ', function.Layers)).IsEqualTo("One Two");
    }

    [Test]
    public async Task A_layer_on_aws_is_ignored_with_a_warning()
    {
        var said = Templates.Message(Templates.FunctionWith("Layers: ['arn:aws:lambda:us-east-1:1:layer:x:3']"));
        await Assert.That(said)
            .Contains("warning: F: the layer 'arn:aws:lambda:us-east-1:1:layer:x:3' is on AWS and is left out");
    }

    [Test]
    [Arguments("Handlr: x", "F: unknown property 'Handlr'; did you mean 'Handler'?")]
    [Arguments("Timeout: 901", "F: 'Timeout' is '901'; allowed: a whole number from 1 to 900")]
    [Arguments("MemorySize: lots", "F: 'MemorySize' is 'lots'")]
    [Arguments("FunctionName: 'a/b'", "F: 'a/b' is not a function name")]
    [Arguments("Environment: [x]", "F: 'Environment' must be a mapping, but is a list")]
    [Arguments("Environment: { Variables: { A: [x] } }", "must be text, but is a list")]
    [Arguments("Events: { E: x }", "F: event 'E' must be a mapping")]
    public async Task A_property_that_cannot_be_used_is_an_error_with_its_place(string properties, string message)
    {
        var said = Templates.Message(Templates.FunctionWith(properties));
        await Assert.That(said).Contains(message);
        await Assert.That(said).StartsWith("t.yaml:5:");
    }

    [Test]
    [Arguments("CodeUri: src, Runtime: python3.12", "F: 'Handler' is missing")]
    [Arguments("CodeUri: src, Handler: a.b", "F: 'Runtime' is missing")]
    [Arguments(
        "CodeUri: [], Handler: a.b, Runtime: python3.12", "F: 'CodeUri' must be text or a mapping, but is a list")]
    [Arguments(
        "CodeUri: src, Handler: a.b, Runtime: pyton3.12",
        "F: 'pyton3.12' is not a runtime; did you mean 'python3.12'?")]
    public async Task A_function_without_what_it_needs_is_an_error(string properties, string message) =>
        await Assert.That(Templates.Message(
            $"Resources: {{ F: {{ Type: AWS::Serverless::Function, Properties: {{ {properties} }} }} }}"))
            .Contains(message);

    [Test]
    public async Task Two_functions_with_one_name_are_an_error_that_names_both()
    {
        var said = Templates.Message($$"""
            Resources:
              A: { Type: AWS::Serverless::Function, Properties: { FunctionName: x, {{Templates.Code}} } }
              B: { Type: AWS::Serverless::Function, Properties: { FunctionName: x, {{Templates.Code}} } }
            """);
        await Assert.That(said).Contains("B: the name 'x' is already that of A");
    }

    [Test]
    public async Task All_errors_of_a_template_are_reported_at_once()
    {
        var said = Templates.Messages($$"""
            Resources:
              A: { Type: AWS::Serverless::Function, Properties: { Timout: 3, {{Templates.Code}} } }
              B: { Type: AWS::Serverless::Function, Properties: { Timeout: 0, {{Templates.Code}} } }
              C: { Type: AWS::DynamoDB::Table, Properties: { TableName: t, BillingMode: PAY_PER_REQUEST } }
              D: { Tpye: AWS::S3::Bucket }
            """);
        await Assert.That(said.Count(m => m.Contains(": error: ", StringComparison.Ordinal))).IsGreaterThanOrEqualTo(5);
        await Assert.That(string.Join('\n', said)).Contains("'Timout'").And.Contains("'Timeout' is '0'").And.Contains(
            "is not a table name").And.Contains("unknown attribute 'Tpye'; did you mean 'Type'?");
    }
}
