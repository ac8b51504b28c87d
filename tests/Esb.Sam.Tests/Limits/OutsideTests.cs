namespace Esb.Sam.Tests.Limits;

/// <summary>Nothing that a template names is read from outside its project, whatever the path.</summary>
internal sealed class OutsideTests : IDisposable
{
    private readonly string _elsewhere = Directory.CreateTempSubdirectory("esb-elsewhere-").FullName;

    public OutsideTests() => File.WriteAllText(Path.Combine(_elsewhere, "secret.yaml"), "secret: value\n");

    public static IEnumerable<Func<string>> Forms() =>
    [
        () => "A: { Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionUri: '@' } }",
        () => "A: { Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionBody: { Fn::Transform: { "
            + "Name: AWS::Include, Parameters: { Location: '@' } } } } }",
        () => "A: { Type: AWS::Serverless::Application, Properties: { Location: '@' } }",
        () => "A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: '@' } }",
        () => "A: { Type: AWS::Serverless::Function, Properties: { CodeUri: '@', Handler: a.b, Runtime: python3.12 } }",
        () => "A: { Type: AWS::Lambda::Function, Properties: { Code: '@', Handler: a.b, Runtime: python3.12 } }",
        () => "A: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: '@' } }",
        () => "A: { Type: AWS::Serverless::Function, Metadata: { DockerContext: '@', Dockerfile: Dockerfile }, "
            + "Properties: { PackageType: Image } }",
        () => "A: { Type: AWS::Serverless::Function, Metadata: { DockerContext: ., Dockerfile: '@' }, "
            + "Properties: { PackageType: Image } }",
        () => "Fn::Transform: { Name: AWS::Include, Parameters: { Location: '@' } }",
    ];

    [Test]
    [MethodDataSource(nameof(Forms))]
    public async Task A_path_out_of_the_project_is_an_error_even_through_links_to_links(string form)
    {
        using var project = new Project();
        File.CreateSymbolicLink(project.At("out"), _elsewhere);
        File.CreateSymbolicLink(project.At("second"), "out/secret.yaml");
        File.CreateSymbolicLink(project.At("third"), "second");
        Directory.CreateDirectory(project.At("real"));
        File.CreateSymbolicLink(project.At("real/up"), "../out/../out");
        foreach (var path in new[]
        {
            Path.Combine(_elsewhere, "secret.yaml"), "out/secret.yaml", "second", "third", "real/up/secret.yaml", "../"
                + Path.GetFileName(_elsewhere)
                + "/secret.yaml",
        })
        {
            project.Write("template.yaml", $"Resources:\n  {form.Replace("@", path, StringComparison.Ordinal)}\n");
            await Assert.That(string.Join('\n', project.Messages())).Contains("is outside of the project")
                .Because(path);
        }
    }

    [Test]
    [MethodDataSource(nameof(Forms))]
    public async Task A_path_with_a_line_break_is_an_error(string form)
    {
        using var project = new Project(
            ("template.yaml", $"Resources:\n  {form.Replace("'@'", "\"a\\nb\"", StringComparison.Ordinal)}\n"));
        await Assert.That(string.Join('\n', project.Messages()))
            .Contains("a path has a line break or another control character");
    }

    [Test]
    public async Task Links_that_form_a_cycle_count_as_outside_the_project()
    {
        using var project = new Project(("template.yaml", "Resources: { A: { Type: AWS::Serverless::Function, "
            + "Properties: { CodeUri: one/src, Handler: a.b, Runtime: python3.12 } } }"));
        File.CreateSymbolicLink(project.At("one"), "two");
        File.CreateSymbolicLink(project.At("two"), "one");
        await Assert.That(string.Join('\n', project.Messages())).Contains("is outside of the project");
    }

    public void Dispose() => Directory.Delete(_elsewhere, recursive: true);
}
