using Esb.Sam.Receipts;

namespace Esb.Sam.Tests.Rules;

/// <summary>
/// The form of a template's sections and of the attributes next to properties, as CloudFormation requires it.
/// </summary>
internal sealed class SectionTests
{
    private const string Function = $"Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }}";

    [Test]
    [Arguments(
        "Outputs: { A: { Value: !Ref F, Description: d, Export: { Name: n } } }",
        "Outputs: { A: { Description: d } }",
        "output 'A': 'Value' is missing")]
    [Arguments(
        "Outputs: { A: { Value: !GetAtt F.Arn } }", "Outputs: { A: F }", "output 'A' must be a mapping, but is text")]
    [Arguments(
        "Outputs: { A: { Value: !Sub 'x ${F}' } }",
        "Outputs: { A: { Value: !Sub 'x ${G}' } }",
        "there is no parameter or resource 'G'")]
    [Arguments(
        "Outputs: { A: { Value: !Ref FRole } }",
        "Outputs: { A: { Value: !Ref Nothing } }",
        "there is no parameter or resource 'Nothing'")]
    [Arguments(
        "Outputs: { A: { Value: x } }", "Outputs: { A: { Value: [x] } }", "'Value' must be text, but is a list")]
    [Arguments("Outputs: { A1: { Value: x } }", "Outputs: { A-1: { Value: x } }", "'A-1' is not the name of an output")]
    [Arguments("Outputs: { A: { Value: x } }", "Outputs: { A: { Valeu: x } }", "did you mean 'Value'?")]
    [Arguments(
        "Outputs: { A: { Value: x, Export: { Name: n } } }",
        "Outputs: { A: { Value: x, Export: { Nam: n } } }",
        "unknown key 'Nam'")]
    [Arguments(
        "Outputs: { A: { Value: x } }",
        "Outputs: { A: { Value: x, Condition: Nope } }",
        "there is no condition 'Nope'")]
    [Arguments("Outputs: { A: { Value: x } }", "Outputs: [x]", "'Outputs' must be a mapping")]
    [Arguments(
        "Parameters: { P: { Type: String, Default: x } }",
        "Parameters: { P: { Default: x } }",
        "parameter 'P': 'Type' is missing")]
    [Arguments(
        "Parameters: { P: { Type: 'List<Number>', Default: '1,2' } }",
        "Parameters: { P: { Type: 'List<Number>', Default: '1,x' } }",
        "it must be numbers separated by commas")]
    [Arguments(
        "Parameters: { P: { Type: Number, Default: 1, MaxValue: 2 } }",
        "Parameters: { P: { Type: Number, Default: 1, MaxValue: x } }",
        "'MaxValue' is 'x'; allowed: a number")]
    [Arguments(
        "Parameters: { P: { Type: String, Default: a, AllowedValues: [a] } }",
        "Parameters: { P: { Type: String, Default: a, AllowedValues: a } }",
        "'AllowedValues' must be a list")]
    [Arguments(
        "Parameters: { P: { Type: 'AWS::EC2::VPC::Id', Default: a } }",
        "Parameters: { P: { Type: 'AWS::EC2::VPCs::Id', Default: a } }",
        "did you mean 'AWS::EC2::VPC::Id'?")]
    [Arguments(
        "Parameters: { P1: { Type: String, Default: a } }",
        "Parameters: { P_1: { Type: String, Default: a } }",
        "'P_1' is not the name of a parameter")]
    [Arguments(
        "Conditions: { C: !And [!Equals [a, a], !Equals [b, b]] }",
        "Conditions: { C: !And [!Equals [a, a]] }",
        "Fn::And needs a list of 2 to 10 conditions, but has 1")]
    [Arguments(
        "Conditions: { C: !Not [!Equals [a, b]] }",
        "Conditions: { C: !Not [!Equals [a, b], !Equals [a, b]] }",
        "Fn::Not needs a list of one condition, but has 2")]
    [Arguments(
        "Conditions: { C: !Equals [!Ref 'AWS::Region', x] }",
        "Conditions: { C: !Equals [!Ref F, x] }",
        "refers to the resource 'F'; conditions can use parameters only")]
    [Arguments(
        "Conditions: { C: !Equals [a, x] }",
        "Conditions: { C: maybe }",
        "the condition 'C' must be true or false, but is 'maybe'")]
    [Arguments(
        "Mappings: { M: { a: { b: c } } }",
        "Mappings: { M: { a: b } }",
        "the mapping 'M', 'a' must be a mapping with entries")]
    [Arguments(
        "Mappings: { M: { a: { b: [c] } } }",
        "Mappings: { M: { a: { b: { c: d } } } }",
        "'b' must be text or a list of text")]
    [Arguments(
        "Mappings: { M: { a-b: { c: d } } }",
        "Mappings: { M-1: { a: { c: d } } }",
        "'M-1' is not the name of a mapping")]
    [Arguments("Metadata: { a: b }", "Metadata: [a]", "'Metadata' must be a mapping")]
    [Arguments("Description: d", "Description: [d]", "'Description' must be text")]
    [Arguments(
        "Transform: [AWS::Serverless-2016-10-31]", "Transform: { Nam: x }", "'Transform' must be the name of a macro")]
    [Arguments(
        "Globals: { Function: { Timeout: 5 } }",
        "Globals: { Function: { FunctionName: f } }",
        "Globals, Function: 'FunctionName' is not supported there")]
    [Arguments(
        "Globals: { Api: { Name: n } }",
        "Globals: { Api: { StageName: p } }",
        "Globals, Api: 'StageName' is not supported there")]
    [Arguments(
        "Globals: { Api: { MergeDefinitions: true } }",
        "Globals: { Api: { MergeDefinitions: perhaps } }",
        "ServerlessRestApi: 'MergeDefinitions' is 'perhaps'")]
    public async Task The_right_form_of_a_section_passes_and_the_wrong_one_is_an_error(
        string right,
        string wrong,
        string message)
    {
        var resources = $"\nResources: {{ F: {{ {Function} }} }}\n";
        await Assert.That(Templates.Messages(right + resources)
            .Where(m => m.Contains("error:", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(string.Join('\n', Templates.Messages(wrong + resources))).Contains(message);
    }

    [Test]
    [Arguments("DependsOn: Table", "DependsOn: Nothing", "'DependsOn' names 'Nothing', but there is no such resource")]
    [Arguments("DependsOn: [Table]", "DependsOn: F", "'DependsOn' forms a cycle through 'F'")]
    [Arguments("DependsOn: [Table]", "DependsOn: { Ref: Table }", "'DependsOn' must be text or a list of text")]
    [Arguments(
        "DeletionPolicy: Retain",
        "DeletionPolicy: Keep",
        "'DeletionPolicy' is 'Keep'; allowed: Delete, Retain, RetainExceptOnCreate or Snapshot")]
    [Arguments(
        "UpdateReplacePolicy: Delete",
        "UpdateReplacePolicy: RetainExceptOnCreate",
        "'UpdateReplacePolicy' is 'RetainExceptOnCreate'")]
    [Arguments(
        "DeletionPolicy: Delete", "DeletionPolicy: Snapshot", "there are no snapshots of AWS::Serverless::Function")]
    [Arguments("Metadata: { a: b }", "Metadata: x", "'Metadata' must be a mapping")]
    public async Task The_right_attribute_of_a_resource_passes_and_the_wrong_one_is_an_error(
        string right,
        string wrong,
        string message)
    {
        string Text(string attribute) =>
            $"Resources:\n  Table: {{ Type: AWS::Serverless::SimpleTable }}\n  F: {{ {Function}, {attribute} }}\n";
        await Assert.That(Templates.Messages(Text(right)).Where(m => m.Contains("error:", StringComparison.Ordinal)))
            .IsEmpty();
        await Assert.That(string.Join('\n', Templates.Messages(Text(wrong)))).Contains(message);
    }

    [Test]
    [Arguments("buildmethod: makefile", "Metadata.buildmethod")]
    [Arguments("SkipBuild: true", "Metadata.SkipBuild")]
    public async Task Unread_metadata_that_looks_like_a_build_is_a_line(string metadata, string property)
    {
        var text = $"Resources: {{ F: {{ {Function}, Metadata: {{ {metadata} }} }} }}\n";
        await Assert.That(Templates.Read(text)
            .Receipt.Count(l => l.Property == property && l.Outcome == Outcome.Ignored)).IsEqualTo(1);
    }

    [Test]
    [Arguments("Esb: { Defaults: { timeout: 5 } }", "Metadata: Esb is left out: did you mean 'ESB'?")]
    [Arguments(
        "ESB: { Defaults: { environment: { AWS_REGION: x } } }", "the variable 'AWS_REGION' is set by Lambda itself")]
    [Arguments(
        "ESB: { Defaults: { scaling: { min_capacity: 5, max_capacity: 2 } } }",
        "'min_capacity' is 5, more than 'max_capacity'")]
    public async Task Defaults_of_the_platform_that_contradict_each_other_are_named(string metadata, string message) =>
        await Assert.That(string.Join(
            '\n', Templates.Messages($"Metadata: {{ {metadata} }}\nResources: {{ F: {{ {Function} }} }}\n")))
            .Contains(message);

    [Test]
    [Arguments("x-amazon-apigateway-api-key-source: AUTHORIZER", "x-amazon-apigateway-api-key-source")]
    [Arguments("x-amazon-apigateway-request-validators: { all: {} }", "x-amazon-apigateway-request-validators")]
    public async Task A_key_of_a_definition_without_effect_is_a_line(string key, string property)
    {
        var text = $"Resources: {{ A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, "
            + $"DefinitionBody: {{ swagger: '2.0', {key}, paths: {{}} }} }} }} }}\n";
        await Assert.That(Templates.Read(text)
            .Receipt.Count(l => l.Property == property && l.Outcome == Outcome.Ignored)).IsEqualTo(1);
    }

    [Test]
    [Arguments("credentials: arn", "GET /a.credentials")]
    [Arguments("tlsConfig: { serverNameToVerify: x }", "GET /a.tlsConfig")]
    [Arguments("timeoutInMillis: 50", "GET /a.timeoutInMillis")]
    public async Task A_key_of_an_integration_without_effect_is_a_line(string key, string property)
    {
        var text = $"Resources: {{ F: {{ {Function} }}, A: {{ Type: AWS::Serverless::Api, Properties: {{ StageName: p, "
            + $"DefinitionBody: {{ swagger: '2.0', paths: {{ /a: {{ get: {{ x-amazon-apigateway-integration: {{ "
            + "type: aws_proxy, httpMethod: POST, "
            + "uri: !Sub 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/"
            + $"invocations', {key} }} }} }} }} }} }} }} }}\n";
        await Assert.That(Templates.Read(text)
            .Receipt.Count(l => l.Property == property && l.Outcome == Outcome.Ignored)).IsEqualTo(1);
    }
}
