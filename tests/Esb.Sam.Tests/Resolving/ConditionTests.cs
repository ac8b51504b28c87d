namespace Esb.Sam.Tests.Resolving;

/// <summary>An invalid condition: its resources must not disappear silently.</summary>
internal sealed class ConditionTests
{
    [Test]
    [Arguments("\"yes\"", "t.yaml:1:18: error: the condition 'C' must be true or false, but is 'yes'")]
    [Arguments(
        "{ 'Fn::Equals': [a, a], 'Fn::Not': [] }",
        "the condition 'C' must be true or false, but is a mapping with several keys")]
    [Arguments("[a]", "the condition 'C' must be true or false, but is a list")]
    [Arguments("!Not [x]", "an operand of Fn::Not must be true or false, but is 'x'")]
    [Arguments("!And [!Equals [a, a], x]", "an operand of Fn::And must be true or false, but is 'x'")]
    public async Task A_condition_that_is_neither_true_nor_false_is_an_error(string condition, string message)
    {
        var text = $"Conditions: {{ C: {condition} }}\nResources: {{ F: {{ Type: AWS::Serverless::Function, "
            + $"Condition: C, Properties: {{ {Templates.Code} }} }} }}\n";
        await Assert.That(Templates.Message(text)).Contains(message);
    }

    [Test]
    [Arguments("!Equals [!Ref 'AWS::AccountId', '111122223333']", true)]
    [Arguments("!Not [!Equals ['arn:aws:iam::111122223333:root', !Sub 'arn:aws:iam::${AWS::AccountId}:root']]", true)]
    [Arguments("!Equals [!Ref 'AWS::AccountId', !Ref 'AWS::AccountId']", false)]
    [Arguments("!Equals [!Ref 'AWS::Region', us-east-1]", false)]
    public async Task A_condition_on_the_account_is_a_line(string condition, bool isLine)
    {
        var text = $"Conditions: {{ C: {condition} }}\n{Templates.FunctionWith("Timeout: !If [C, 3, 4]")}";
        await Assert.That(Templates.Read(text).Receipt.Any(
            l => l is { Resource: "AWS::AccountId", Outcome: Esb.Sam.Receipts.Outcome.Ignored })).IsEqualTo(isLine);
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true }).Any(m => m.Contains(
            "error: AWS::AccountId: Fn::Equals is ignored: the account is always 000000000000 here",
            StringComparison.Ordinal))).IsEqualTo(isLine);
    }

    [Test]
    public async Task A_condition_whose_name_is_a_boolean_is_found() =>
        await Assert.That(Templates.Function("Conditions: { Yes: !Equals [a, a], No: !Not [!Condition Yes] }\n"
            + Templates.FunctionWith("Timeout: !If [No, 3, 4], MemorySize: !If [Yes, 256, 512]")).Timeout).IsEqualTo(4);

    [Test]
    [Arguments("true", 1)]
    [Arguments("false", 0)]
    [Arguments("!Not [!Equals [a, a]]", 0)]
    [Arguments("!Or [!Equals [a, b], !Equals [a, a]]", 1)]
    [Arguments("!Equals [!Ref 'AWS::NoValue', a]", 0)]
    public async Task A_condition_decides_whether_a_resource_exists(string condition, int functions)
    {
        var text = $"Conditions: {{ C: {condition} }}\nResources: {{ F: {{ Type: AWS::Serverless::Function, "
            + $"Condition: C, Properties: {{ {Templates.Code} }} }} }}\n";
        await Assert.That(Templates.Read(text).Functions.Count).IsEqualTo(functions);
    }

    [Test]
    [Arguments("!Ref T", "'T'")]
    [Arguments("!GetAtt T.Arn", "'T'")]
    [Arguments("!Sub 'a-${T}'", "'T'")]
    [Arguments("!Sub 'a-${T.Arn}'", "'T'")]
    [Arguments("!Join ['-', [a, !Ref T]]", "'T'")]
    [Arguments("!If [Never, a, !Ref T]", "'T'")]
    [Arguments("!GetAtt N.Outputs.O", "'N'")]
    [Arguments("!Ref GRole", "'GRole'")]
    [Arguments("!GetAtt GRole.Arn", "'GRole'")]
    [Arguments("!Ref G.Version", "'G'")]
    [Arguments("!Ref R", "'R'")]
    [Arguments("!If [Never, !Ref T, a]", null)]
    [Arguments("!If [Never, !Sub '${T.Arn}', !Ref AWS::NoValue]", null)]
    [Arguments("!Ref S", null)]
    public async Task A_reference_to_a_resource_whose_condition_is_false_is_an_error(string value, string? name)
    {
        foreach (var output in new[] { false, true })
        {
            var text = $$"""
                Conditions: { Never: !Equals [a, b], Always: !Equals [a, a] }
                Resources:
                  T: { Type: AWS::S3::Bucket, Condition: Never }
                  S: { Type: AWS::S3::Bucket, Condition: Always }
                  R: { Type: AWS::IAM::Role, Condition: Never }
                  N: { Type: AWS::Serverless::Application, Condition: Never, Properties: { Location: n.yaml } }
                  G: { Type: AWS::Serverless::Function, Condition: Never, Properties: { {{Templates.Code}},
                      AutoPublishAlias: live } }
                  F: { Type: AWS::Serverless::Function, DependsOn: T, Properties: { {{Templates.Code}},
                      Environment: { Variables: { V: {{(output ? "a" : value)}} } } } }
                Outputs: { O: { Value: {{(output ? value : "a")}} },
                    Q: { Condition: Never, Value: !Ref T } }
                """;
            var messages = Templates.Messages(text)
                .FindAll(m => m.Contains("condition is false", StringComparison.Ordinal));
            await Assert.That(string.Join('\n', messages.Select(m => m.Split("error: ")[1].Split('\n')[0])))
                .Contains(name is null ? "" : $"{name} is not created, because its condition is false");
            await Assert.That(messages.Count).IsEqualTo(name is null ? 0 : 1).Because(value);
        }
    }
}
