using Esb.Sam.Values;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Resolving;

internal sealed class GivenValueTests
{
    private const string File = """
        imports: { shared-bucket: given-bucket }
        ssm: { /app/level: DEBUG, /app/list: "a,b" }
        secrets: { db: { password: pw }, whole: text }
        resources: { Queue: http://queue, Queue.Arn: arn:queue }
        """;

    [Test]
    [Arguments("!ImportValue shared-bucket", "given-bucket")]
    [Arguments("{ 'Fn::ImportValue': !Sub '${Shared}-bucket' }", "given-bucket")]
    [Arguments("'{{resolve:ssm:/app/level}}'", "DEBUG")]
    [Arguments("'level={{resolve:ssm:/app/level:3}}!'", "level=DEBUG!")]
    [Arguments("'{{resolve:ssm-secure:/app/level}}'", "DEBUG")]
    [Arguments("'{{resolve:secretsmanager:db:SecretString:password}}'", "pw")]
    [Arguments("'{{resolve:secretsmanager:whole}}'", "text")]
    [Arguments("!Sub '{{resolve:secretsmanager:${Db}:SecretString:password}}'", "pw")]
    [Arguments("!Ref Level", "DEBUG")]
    [Arguments("!Join ['+', !Ref List]", "a+b")]
    [Arguments("!Ref Queue", "http://queue")]
    [Arguments("!GetAtt Queue.Arn", "arn:queue")]
    public async Task A_value_that_is_on_aws_is_read_from_the_file(string expression, string expected) =>
        await Assert.That(Templates.Read(Template(expression), Options()).Functions[0].Environment["V"])
            .IsEqualTo(expected);

    [Test]
    [Arguments(
        "!ImportValue x",
        "the export 'x' is on AWS and has no value here; give it in esb-values.yaml (or --values FILE) as "
            + "imports: {x: …}")]
    [Arguments("'{{resolve:ssm:/x}}'", "the SSM parameter '/x' is on AWS and has no value here; "
        + "give it in esb-values.yaml (or --values FILE) as ssm: {/x: …}")]
    [Arguments("'{{resolve:secretsmanager:x:SecretString:y}}'", "the secret 'x' is on AWS and has no value here; "
        + "give it in esb-values.yaml (or --values FILE) as secrets: {x: {y: …}}")]
    [Arguments("!Ref Level", "the SSM parameter '/app/level' is on AWS and has no value here")]
    [Arguments("'{{resolve:other:x}}'", "is not a reference that AWS knows; use ssm, ssm-secure or secretsmanager")]
    public async Task A_missing_value_is_an_error_that_says_how_to_provide_it(string expression, string message) =>
        await Assert.That(string.Join('\n', Templates.Messages(Template(expression)))).Contains(message);

    [Test]
    public async Task An_unused_value_need_not_be_given() =>
        await Assert.That(Templates.Messages(Template("plain"))).IsEmpty();

    [Test]
    [Arguments("import: { a: b }", "unknown kind of values 'import'; did you mean 'imports'?")]
    [Arguments("imports: text", "'imports' must be a mapping, but is text")]
    [Arguments("- a", "values must be a mapping, but is a list")]
    public async Task An_invalid_file_of_values_is_an_error(string text, string message)
    {
        var diagnostics = new DiagnosticBag();
        GivenValues.Read(text, "v.yaml", diagnostics);
        await Assert.That(diagnostics.Single().ToString()).Contains(message);
    }

    private static SamOptions Options() => new() { Values = GivenValues.Read(File, "v.yaml", [])! };

    private static string Template(string expression) => $$"""
        Parameters:
          Shared: { Type: String, Default: shared }
          Db: { Type: String, Default: db }
          Level: { Type: AWS::SSM::Parameter::Value<String>, Default: /app/level }
          List: { Type: AWS::SSM::Parameter::Value<List<String>>, Default: /app/list }
        Resources:
          F: { Type: AWS::Serverless::Function, Properties: { {{Templates.Code}},
              Environment: { Variables: { V: {{expression}} } } } }
          Queue: { Type: AWS::SQS::Queue }
        """;
}
