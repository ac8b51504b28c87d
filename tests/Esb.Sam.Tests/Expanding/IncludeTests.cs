namespace Esb.Sam.Tests.Expanding;

internal sealed class IncludeTests
{
    private const string WithInclude = """
        Parameters: { Stage: { Type: String, Default: dev } }
        Resources:
          F:
            Type: AWS::Serverless::Function
            Properties:
              Fn::Transform: { Name: AWS::Include, Parameters: { Location: parts/common.yaml } }
              CodeUri: src
              Handler: app.handler
        """;

    [Test]
    public async Task An_included_file_replaces_its_include_and_keys_next_to_it_take_precedence()
    {
        using var project = new Project(("template.yaml", WithInclude), (
            "parts/common.yaml",
            "Runtime: python3.12\nHandler: not.this\nEnvironment: { Variables: { STAGE: !Ref Stage } }\n"));
        var function = project.Read().Functions.Single();
        await Assert.That((function.Runtime, function.Handler, function.Environment["STAGE"]))
            .IsEqualTo(("python3.12", "app.handler", "dev"));
    }

    [Test]
    public async Task Resources_and_whole_sections_may_be_included_too()
    {
        using var project = new Project(
            ("template.yaml",
                "Resources:\n  Fn::Transform: { Name: AWS::Include, Parameters: { Location: parts/a.yaml } }\n"),
            ("parts/a.yaml", "A: { Type: AWS::S3::Bucket, Properties: { BucketName: from-a } }\nFn::Transform: { "
                + "Name: AWS::Include, Parameters: { Location: b.yaml } }\n"),
            ("parts/b.yaml", "B: { Type: AWS::S3::Bucket, Properties: { BucketName: from-b } }\n"));
        await Assert.That(string.Join(' ', project.Read().Buckets.Select(b => b.Name))).IsEqualTo("from-a from-b");
    }

    [Test]
    [Arguments("Transform: { Name: AWS::Include, Parameters: { Location: x } }")]
    [Arguments("Transform: [AWS::Serverless-2016-10-31, { Name: AWS::Include, Parameters: { Location: x } }]")]
    public async Task An_include_at_the_top_of_a_template_is_an_error(string transform) =>
        await Assert.That(Templates.Messages(transform + "\nResources: { B: { Type: AWS::S3::Bucket } }\n").Single())
            .Contains("error: the transform 'AWS::Include' cannot be at the top level here; "
                + "write Fn::Transform in the section that the file belongs to");

    [Test]
    [Arguments(
        "security: []",
        "security: [{ k: [] }]",
        "error: AWS::Include: 'security' of the file controls access, "
            + "and the including mapping has it too; write all of it in one of the two")]
    [Arguments(
        "paths: {}",
        "paths: { /a: { get: { security: [{ k: [] }] } } }",
        "error: AWS::Include: 'paths' of the file controls access")]
    [Arguments(
        "paths: {}",
        "paths: { /a: { get: { x-amazon-apigateway-auth: { type: AWS_IAM } } } }",
        "error: AWS::Include: 'paths' of the file controls access")]
    [Arguments("paths: {}", "paths: {}", "")]
    [Arguments(
        "info: { title: a }",
        "info: { title: b }",
        "warning: AWS::Include: info is left out: the including mapping has it too, and that one is used")]
    public async Task A_key_that_an_included_file_repeats_is_reported_and_a_guard_is_an_error(
        string own,
        string included,
        string said)
    {
        using var project = new Project(
            ("template.yaml",
                $"Resources:\n  A: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Body: {{ openapi: 3.0.1, {own}, "
                    + $"Fn::Transform: {{ Name: AWS::Include, Parameters: {{ Location: part.yaml }} }} }} }} }}\n"),
            ("part.yaml", included + "\n"));
        var messages = project.Messages().Where(m => m.Contains("AWS::Include", StringComparison.Ordinal)).ToList();
        await Assert.That(messages.Count).IsEqualTo(said.Length == 0 ? 0 : 1);
        await Assert.That(string.Join('\n', messages)).Contains(said);
    }

    [Test]
    public async Task A_file_that_includes_itself_is_an_error_instead_of_an_endless_loop()
    {
        using var project = new Project(("template.yaml", WithInclude), (
            "parts/common.yaml",
            "Fn::Transform: { Name: AWS::Include, Parameters: { Location: ../parts/common.yaml } }\n"));
        await Assert.That(project.Messages()).Contains(m => m.Contains("depends on itself", StringComparison.Ordinal));
    }

    [Test]
    [Arguments(
        "Environment: { Variables: { Fn::Transform: { Name: AWS::Include, Parameters: { "
            + "Location: parts/i1.yaml } } } }", "")]
    [Arguments("", "  Api: { Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionBody: { Fn::Transform: "
        + "{ Name: AWS::Include, Parameters: { Location: parts/i1.yaml } } } } }\n")]
    public async Task A_cycle_of_includes_below_the_top_of_a_file_is_an_error_that_names_it(
        string property,
        string resource)
    {
        using var project = new Project(
            ("template.yaml", $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, "
                + $"{property} }} }}\n{resource}"),
            ("parts/i1.yaml", "K: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: i2.yaml } } }\n"),
            ("parts/i2.yaml", "K: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: i1.yaml } } }\n"));
        await Assert.That(string.Join('\n', project.Messages())).Contains(
            "parts/i2.yaml:1:21: error: the include 'i1.yaml' depends on itself: i1.yaml → i2.yaml → i1.yaml");
    }

    [Test]
    public async Task A_file_may_be_included_in_several_places()
    {
        const string Include = "{ Fn::Transform: { Name: AWS::Include, Parameters: { Location: parts/v.yaml } } }";
        using var project = new Project(
            ("template.yaml", $"Resources:\n  F: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code}, "
                + $"Tags: {Include}, Environment: {{ Variables: {Include} }} }} }}\n"),
            ("parts/v.yaml", "A: b\n"));
        await Assert.That(project.Read().Functions.Single().Environment["A"]).IsEqualTo("b");
    }

    [Test]
    [Arguments("parts/none.yaml", "there is no file 'parts/none.yaml'")]
    [Arguments("../../etc/passwd", "is outside of the project")]
    [Arguments("/etc/passwd", "is outside of the project")]
    [Arguments("parts/out.yaml", "is outside of the project")]
    [Arguments("s3://bucket/a.yaml", "'s3://bucket/a.yaml' cannot be read here; name a file next to the template")]
    [Arguments("parts/latin.yaml", "parts/latin.yaml:2:4: error: the file is not UTF-8")]
    public async Task An_include_that_cannot_be_read_is_an_error(string location, string message)
    {
        using var project = new Project(
            ("template.yaml", WithInclude.Replace("parts/common.yaml", location, StringComparison.Ordinal)),
            ("parts/a.yaml", "A: 1\n"));
        File.CreateSymbolicLink(project.At("parts/out.yaml"), "/etc/passwd");
        await File.WriteAllBytesAsync(project.At("parts/latin.yaml"), [.. "A: 1\nB: "u8, 0xE9]);
        await Assert.That(string.Join('\n', project.Messages())).Contains(message);
    }

    [Test]
    public async Task A_macro_next_to_the_properties_of_a_resource_is_an_error_and_an_include_there_is_merged()
    {
        await Assert.That(Templates.Messages(
            Templates.FunctionWith("Timeout: 3").TrimEnd('\n') + "\n    Fn::Transform: { Name: MyMacro }\n"))
            .Contains(m => m.Contains("error: the macro MyMacro runs on AWS only", StringComparison.Ordinal));
        using var project = new Project(
            ("template.yaml", "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Fn::Transform: { "
                + "Name: AWS::Include, Parameters: { Location: f.yaml } }\n"),
            ("f.yaml", $"Properties: {{ {Templates.Code}, Timeout: 9 }}\n"));
        await Assert.That(project.Read().Functions.Single().Timeout).IsEqualTo(9);
    }

    [Test]
    public async Task A_custom_macro_is_an_error_that_names_it() =>
        await Assert.That(Templates.Messages(Templates.Variable("{ 'Fn::Transform': { Name: MyMacro } }")))
            .Contains(m => m.Contains("the macro MyMacro runs on AWS only", StringComparison.Ordinal));
}
