using System.Text;
using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;

namespace Esb.Sam.Tests.Limits;

/// <summary>Hostile templates are refused with a message, in bounded time and memory.</summary>
internal sealed class LimitTests
{
    [Test]
    public async Task Names_that_double_each_other_are_refused_instead_of_filling_the_memory()
    {
        var text = new StringBuilder("Resources:\n");
        for (var i = 0; i < 60; i++)
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"  R{i}: {{ Type: AWS::IAM::Role, Properties: {{ RoleName: !Sub '${{R{i + 1}}}${{R{i + 1}}}' }} }}\n");
        text.Append("  R60: { Type: AWS::IAM::Role, Properties: { RoleName: abc } }\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  F: {{ Type: AWS::Serverless::Function, "
            + $"Properties: {{ {Templates.Code}, Environment: {{ Variables: {{ V: !Ref R0 }} }} }} }}\n");
        await Assert.That(string.Join('\n', Templates.Messages(text.ToString())))
            .Contains("a function produces more than 1,000,000 characters");
    }

    [Test]
    public async Task Aliases_that_multiply_and_deep_nesting_are_refused_in_a_template()
    {
        var bomb = new StringBuilder("Metadata:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
            bomb.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        await Assert.That(Templates.Message(bomb.ToString())).Contains("the aliases expand to more than 4000000 nodes");
        await Assert.That(Templates.Message("Resources: " + new string('[', 100_000)))
            .Contains("error: not valid YAML");
    }

    [Test]
    public async Task A_duplicate_key_is_an_error_with_both_of_its_places()
    {
        var said = Templates.Messages(Templates.FunctionWith("Timeout: 3, Timeout: 4"));
        await Assert.That(said.Single())
            .Matches(@"^t\.yaml:5:\d+: error: the key 'Timeout' is a duplicate; it first appears on line 5$");
    }

    [Test]
    [Arguments("CodeUri: ../../elsewhere", "F: '../../elsewhere' is outside of the project")]
    [Arguments("CodeUri: /etc", "F: '/etc' is outside of the project")]
    [Arguments("CodeUri: out", "F: 'out' is outside of the project")]
    [Arguments("CodeUri: through", "F: 'through' is outside of the project")]
    public async Task Code_outside_the_project_is_refused(string code, string message)
    {
        using var project = new Project(("template.yaml", $"Resources: {{ F: {{ Type: AWS::Serverless::Function, "
            + $"Properties: {{ {code}, Handler: a.b, Runtime: python3.12 }} }} }}"));
        Directory.CreateSymbolicLink(project.At("out"), "/etc");
        Directory.CreateSymbolicLink(project.At("through"), "out/ssl");
        await Assert.That(string.Join('\n', project.Messages())).Contains(message);
    }

    [Test]
    public async Task Code_next_to_the_templates_folder_belongs_to_the_project_in_a_git_repository()
    {
        using var project = new Project(("infra/template.yaml", "Resources: { F: { Type: AWS::Serverless::Function, "
            + "Properties: { CodeUri: ../src, Handler: a.b, Runtime: python3.12 } } }"));
        await Assert.That(project.Messages("infra/template.yaml")).IsEmpty();
    }

    [Test]
    public async Task Bytes_that_are_not_utf8_are_an_error_with_their_line_and_column()
    {
        var diagnostics = new DiagnosticBag();
        await Assert.That(TemplateBytes.Decode([.. "a: b\nc: "u8, 0xFF, 0xFE], "t.yaml", diagnostics)).IsNull();
        await Assert.That(diagnostics.Single().ToString())
            .IsEqualTo("t.yaml:2:4: error: the file is not UTF-8; save it as UTF-8");
    }

    [Test]
    public async Task A_file_beyond_the_limit_of_cloudformation_is_a_warning_and_beyond_ours_an_error()
    {
        var diagnostics = new DiagnosticBag();
        await Assert.That(TemplateBytes.Decode(new byte[1_100_000], "t.yaml", diagnostics)).IsNotNull();
        await Assert.That(diagnostics.Single().Severity).IsEqualTo(Severity.Warning);
        await Assert.That(TemplateBytes.Decode(new byte[TemplateBytes.Limit + 1], "t.yaml", diagnostics)).IsNull();
    }

    [Test]
    public async Task A_pattern_that_would_run_forever_is_an_error_after_a_moment()
    {
        var options = new SamOptions
        {
            ParameterOverrides = new Dictionary<string, string> { ["P"] = new string('a', 40) + "!" },
        };
        var said = Templates.Messages(
            Templates.Variable("x", "Parameters: { P: { Type: String, AllowedPattern: '(a+)+' } }"), options);
        await Assert.That(string.Join('\n', said)).Contains("parameter 'P'");
    }

    [Test]
    public async Task Everything_that_is_ignored_is_an_error_if_the_reader_is_strict()
    {
        var text = Templates.FunctionWith("Tracing: Active", "Transform: AWS::Serverless-2016-10-31");
        await Assert.That(Templates.Messages(text)).IsEmpty();
        await Assert.That(Templates.Message(text, new SamOptions { Strict = true }))
            .Contains("error: F: Tracing is ignored: there is no tracing service");
    }

    [Test]
    public async Task A_long_logical_id_gives_a_name_that_lambda_accepts_and_that_stays_the_same()
    {
        var id = new string('A', 80);
        var text = $"Resources: {{ {id}: {{ Type: AWS::Serverless::Function, Properties: {{ {Templates.Code} }} }} }}";
        var name = Templates.Read(text).Functions.Single().Name;
        await Assert.That(name.Length).IsEqualTo(64);
        await Assert.That(Templates.Read(text).Functions.Single().Name).IsEqualTo(name);
    }
}
