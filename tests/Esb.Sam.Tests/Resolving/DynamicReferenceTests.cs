using Esb.Sam.Values;

namespace Esb.Sam.Tests.Resolving;

/// <summary>
/// A dynamic reference is resolved whichever function produced it, or is an error; it is never used as a value.
/// </summary>
internal sealed class DynamicReferenceTests
{
    private const string Sections = """
        Parameters:
          Key: { Type: String, Default: pw }
          Whole: { Type: String, Default: '{{resolve:secretsmanager:db:SecretString:pw}}' }
          Inside: { Type: String, Default: 'a {{resolve:ssm:/level}}' }
          List: { Type: CommaDelimitedList, Default: '{{resolve:ssm:/level}},b' }
        Conditions: { Yes: !Equals [a, a] }
        Mappings: { M: { a: { x: '{{resolve:ssm:/level}}', list: ['{{resolve:ssm:/level}}', z] } } }
        """;

    private const string Given = """
        ssm: { /level: DEBUG, /list: [p, q], /empty: }
        secrets: { db: { pw: t0psecret, user: me }, text: words, odd: {
            zeros: 0123, port: 5432, on: True, version: 1.10 } }
        imports: { exported: '{{resolve:ssm:/level}}' }
        resources: { Queue: '{{resolve:ssm:/level}}', Queue.Arn: 'arn:{{resolve:ssm:/level}}' }
        """;

    [Test]
    [Arguments("'{{resolve:ssm:/level}}'", "DEBUG")]
    [Arguments("'{{resolve:ssm:/level}} and {{resolve:secretsmanager:db:SecretString:pw}}'", "DEBUG and t0psecret")]
    [Arguments("'{{resolve:secretsmanager:db}}'", "{\"pw\":\"t0psecret\",\"user\":\"me\"}")]
    [Arguments("'{{resolve:secretsmanager:odd}}'", "{\"zeros\":\"0123\",\"port\":5432,\"on\":true,\"version\":1.10}")]
    [Arguments("'{{resolve:secretsmanager:odd:SecretString:zeros}}'", "0123")]
    [Arguments("'see {{resolve:secretsmanager:db:SecretString}}'", "see {\"pw\":\"t0psecret\",\"user\":\"me\"}")]
    [Arguments("'of {{resolve:ssm:/list}}'", "of p,q")]
    [Arguments("!Ref Whole", "t0psecret")]
    [Arguments("!Ref Inside", "a DEBUG")]
    [Arguments("!Ref Queue", "DEBUG")]
    [Arguments("!GetAtt Queue.Arn", "arn:DEBUG")]
    [Arguments("!ImportValue exported", "DEBUG")]
    [Arguments("!Sub '{{resolve:secretsmanager:db:SecretString:${Key}}}'", "t0psecret")]
    [Arguments("!Sub ['{{resolve:ssm:${N}}}', { N: !Join ['', ['/', level]] }]", "DEBUG")]
    [Arguments("!Join ['', ['{{resolve:secretsmanager:', db, ':SecretString:', !Ref Key, '}}']]", "t0psecret")]
    [Arguments("!Join [':', ['{{resolve', ssm, '/level}}']]", "DEBUG")]
    [Arguments("!Join ['+', !Ref List]", "DEBUG+b")]
    [Arguments("!Join ['', [!Join ['', ['{{resolve:', 'ssm:']], '/level}}']]", "DEBUG")]
    [Arguments("!Select [0, !Ref List]", "DEBUG")]
    [Arguments("!Select [1, [a, '{{resolve:ssm:/level}}']]", "DEBUG")]
    [Arguments("!Select [1, !Split ['|', 'a|{{resolve:ssm:/level}}']]", "DEBUG")]
    [Arguments("!Select [1, !Split ['|', !Join ['', ['a|{{resolve:ssm', ':/level}}']]]]", "DEBUG")]
    [Arguments("!FindInMap [M, a, x]", "DEBUG")]
    [Arguments("!Select [0, !FindInMap [M, a, list]]", "DEBUG")]
    [Arguments("!FindInMap [M, b, x, { DefaultValue: !Join ['', ['{{resolve:ssm', ':/level}}']] }]", "DEBUG")]
    [Arguments("!If [Yes, !Join ['', ['{{resolve:ssm', ':/level}}']], b]", "DEBUG")]
    [Arguments("!Base64 '{{resolve:ssm:/level}}'", "REVCVUc=")]
    [Arguments("!Base64 { 'Fn::Join': ['', ['{{resolve:ssm', ':/level}}']] }", "REVCVUc=")]
    [Arguments("{ 'Fn::ToJsonString': { a: !Join ['', ['{{resolve:ssm', ':/level}}']] } }", "{\"a\":\"DEBUG\"}")]
    public async Task Every_function_gives_the_value_and_never_the_reference(string expression, string expected)
    {
        var options = Options();
        await Assert.That(Templates.Value(expression, Sections, options)).IsEqualTo(expected);
        var key = $"{Sections}\nResources: {{ Queue: {{ Type: AWS::SQS::Queue }}, K: {{ Type: AWS::ApiGateway::ApiKey, "
            + $"Properties: {{ Name: k, Enabled: true, Value: !Join ['', [{expression}, '-----------------------']] }} "
            + $"}}, P: {{ Type: AWS::ApiGateway::UsagePlan, Properties: {{ ApiStages: [{{ ApiId: !Ref Api, Stage: p "
            + $"}}] }} }}, L: {{ Type: AWS::ApiGateway::UsagePlanKey, Properties: {{ KeyId: !Ref K, KeyType: API_KEY, "
            + $"UsagePlanId: !Ref P }} }}, Api: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Name: n }} }} }}";
        await Assert.That(Templates.Read(Templates.Variable(expression, Sections), options).Functions.Single(
            f => f.Name == "F").Environment["V"]).IsEqualTo(expected);
        await Assert.That(Templates.Read(key, options).ApiKeys.Single()["value"]!.ToString())
            .IsEqualTo(expected + "-----------------------");
    }

    [Test]
    [Arguments(
        "!Join ['', ['{{resolve:secretsmanager:', other, ':SecretString:pw}}']]",
        "the secret 'other' is on AWS and has no value here")]
    [Arguments("!FindInMap [N, a, x]", "the SSM parameter '/none' is on AWS and has no value here")]
    [Arguments("!Select [0, ['{{resolve:ssm:/none}}']]", "the SSM parameter '/none' is on AWS and has no value here")]
    [Arguments("'{{resolve:ssm:/empty}}'", "the SSM parameter '/empty' is on AWS and has no value here")]
    [Arguments(
        "!Join ['', ['{{resolve:ssm', ':/level}']]",
        "F: 'Environment.Variables.V' contains '{{resolve:', which is not resolved")]
    [Arguments(
        "!Select [0, !Split ['}}', 'a{{resolve:ssm:{{resolve:x']]",
        "F: 'Environment.Variables.V' contains '{{resolve:', which is not resolved")]
    public async Task A_reference_that_cannot_be_resolved_is_an_error_even_if_a_function_produced_it(
        string expression,
        string message)
    {
        var text = Templates.Variable(expression, Sections.Replace(
            "Mappings: {", "Mappings: { N: { a: { x: '{{resolve:ssm:/none}}' } },", StringComparison.Ordinal));
        await Assert.That(string.Join('\n', Templates.Messages(text, Options()))).Contains("error: ")
            .And.Contains(message);
    }

    [Test]
    public async Task A_reference_in_a_parameter_of_an_application_is_resolved()
    {
        using var project = new Project(
            ("template.yaml", "Resources: { S: { Type: AWS::Serverless::Application, Properties: { "
                + "Location: child.yaml, Parameters: { Level: !Join ['', ['{{resolve:ssm', ':/level}}']] } } } }"),
            ("child.yaml", $$$"""
            Parameters: { Level: { Type: String } }
            Resources:
              F: { Type: AWS::Serverless::Function, Properties: { {{{Templates.Code}}},
                  Environment: { Variables: { A: !Sub 'of ${Level}', B: !Ref Level } } } }
            """));
        var function = project.Read(options: Options()).Functions.Single();
        await Assert.That((function.Environment["A"], function.Environment["B"])).IsEqualTo(("of DEBUG", "DEBUG"));
    }

    private static SamOptions Options() => new() { Values = GivenValues.Read(Given, "v.yaml", [])! };
}
