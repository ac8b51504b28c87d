using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Limits;

/// <summary>An empty text instead of a path, in a template that is named without a folder.</summary>
internal sealed class EmptyPathTests
{
    [Test]
    [Arguments("{ Type: AWS::Serverless::Function, Properties: { Handler: app.handler, Runtime: python3.12, CodeUri: "
        + "a, Environment: { Variables: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: '' } } } } } }")]
    [Arguments("{ Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionUri: '' } }")]
    [Arguments("{ Type: AWS::Serverless::Application, Properties: { Location: '' } }")]
    [Arguments("{ Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: '' } }")]
    [Arguments("{ Type: AWS::Serverless::Function, Properties: { PackageType: Image }, Metadata: { "
        + "Dockerfile: Dockerfile, DockerContext: '' } }")]
    public async Task An_empty_path_is_an_error_with_its_place(string resource)
    {
        var diagnostics = new DiagnosticBag();
        SamTemplate.Read($"Resources:\n  R: {resource}\n", "template.yaml", new SamOptions(), diagnostics);
        await Assert.That(string.Join('\n', diagnostics.Select(d => d.ToString()))).Contains("a path is empty")
            .And.StartsWith("template.yaml:2:");
    }

    [Test]
    [Arguments("Serverless::Function", "CodeUri: '', Handler: app.handler, Runtime: python3.12", "CodeUri")]
    [Arguments(
        "Lambda::Function",
        "Code: '', Handler: app.handler, Runtime: python3.12, Role: 'arn:aws:iam::1:role/r'",
        "Code")]
    [Arguments("Serverless::LayerVersion", "ContentUri: ''", "ContentUri")]
    [Arguments("Lambda::LayerVersion", "Content: ''", "Content")]
    public async Task Code_in_an_empty_path_is_the_folder_of_the_template(string type, string properties, string key)
    {
        var text = $"Resources:\n  R: {{ Type: AWS::{type}, Properties: {{ {properties} }} }}\n";
        var template = Templates.Read(text);
        await Assert.That(string.Join(
            ' ', template.Functions.Select(f => f.CodePath).Concat(template.Layers.Select(l => l.ContentPath))))
            .IsEqualTo(".");
        await Assert.That(template.Receipt.Last(l => l.Property == key).Reason)
            .IsEqualTo("it is empty: the template's own folder is meant");
        await Assert.That(Templates.Messages(text, new SamOptions { Strict = true })).IsEmpty();
    }
}
