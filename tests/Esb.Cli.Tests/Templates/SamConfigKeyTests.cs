using Esb.Cli.Templates;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Tests.Templates;

/// <summary>
/// Everything in a samconfig file is applied, an error, a warning that is an error with <c>--strict</c>, or known and
/// reported once.
/// </summary>
internal sealed class SamConfigKeyTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-samconfig-").FullName;

    [Test]
    [Arguments(
        "[default.deploy.parameters]\nparameter_override = \"A=b\"",
        "sam has no parameter 'parameter_override'; did you mean 'parameter_overrides'?")]
    [Arguments("[default.deploy.parameters]\nstackname = \"a\"", "sam has no parameter 'stackname'")]
    [Arguments(
        "[default.deploi.parameters]\nstack_name = \"a\"",
        "default.deploi: sam has no command 'deploi'; did you mean 'deploy'?")]
    [Arguments(
        "[default.deploy.parameter]\nstack_name = \"a\"", "'parameter' is not read; did you mean 'parameters'?")]
    [Arguments("[default.deploy]\nstack_name = \"a\"", "'stack_name' is not read")]
    [Arguments("[default.parameters]\nstack_name = \"a\"", null)]
    [Arguments("default = \"x\"", "'default' must be a table")]
    [Arguments("stack_name = \"x\"", "'stack_name' must be a table")]
    [Arguments("[default]\ndeploy = 1", "'default.deploy' must be a table")]
    [Arguments("[default.deploy]\nparameters = \"x\"", "'default.deploy.parameters' must be a table")]
    [Arguments("[default.deploy.parameters]\nstack_name = 5", "'stack_name' must be text")]
    [Arguments("[default.deploy.parameters]\nstack_name = [\"a\"]", "'stack_name' must be text")]
    [Arguments("[default.deploy.parameters]\nstack_name = \"my stack\"", "'my stack' is not the name of a stack")]
    [Arguments("[default.deploy.parameters]\ntemplate_file = \"\"", "'template_file' is empty")]
    [Arguments(
        "[default.deploy.parameters]\nparameter_overrides = [{ A = \"b\" }]",
        "must be text, a list of text, or a table of text")]
    [Arguments(
        "[default.deploy.parameters]\nparameter_overrides = 5", "must be text, a list of text, or a table of text")]
    [Arguments(
        "[default.deploy.parameters]\nparameter_overrides = { A = { B = 1 } }",
        "must be text, a list of text, or a table of text")]
    [Arguments("[default.deploy.parameters]\nstack_name = \"a\"\nstack_name = \"b\"", "is already defined at (")]
    [Arguments("[default.deploy.parameters]\n[default.deploy.parameters]", "is already defined at (")]
    public async Task What_cannot_be_applied_is_an_error_with_its_line(string toml, string? message)
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.toml"), toml + "\n");
        var error = Refusal("dev");
        await Assert.That(error ?? Notes("dev")).Contains("samconfig.toml:");
        if (message is not null)
            await Assert.That(error).IsNotNull().And.Contains(message);
    }

    [Test]
    [Arguments(
        "default: { deploy: { parameters: { parameter_overides: A=b } } }", "did you mean 'parameter_overrides'?")]
    [Arguments(
        "default: { deploy: { parameters: { parameter_overrides: [ { A: b } ] } } }",
        "must be text, a list of text")]
    [Arguments("default: [ deploy ]", "'default' must be a table")]
    [Arguments("- default", "the file must hold a mapping")]
    [Arguments("default: { deploy: { parameters: { stack_name: a, stack_name: b } } }", "stack_name")]
    public async Task The_YAML_form_is_read_as_strictly(string yaml, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.yaml"), yaml + "\n");
        await Assert.That(Refusal("dev")).IsNotNull().And.Contains(message);
    }

    [Test]
    public async Task Keys_that_only_sam_uses_are_reported_once_and_other_names_are_warnings()
    {
        const string Text = """
            version = 0.1
            [default.global.parameters]
            stack_name = "orders"
            [default.build.parameters]
            cached = true
            [default.deploy.parameters]
            s3_bucket = "b"
            region = "eu-west-1"
            capabilities = "CAPABILITY_IAM"
            zebra = 1
            """;
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.toml"), Text);
        var config = SamConfig.Read(_root, "dev");
        await Assert.That(config.StackName).IsEqualTo("orders");
        await Assert.That(string.Join('\n', config.Notes.Where(n => n.Severity == Severity.Information)))
            .Contains("esb has no use for 'capabilities', 'region', 's3_bucket', the section 'build'");
        await Assert.That(config.Notes.Single(n => n.Severity == Severity.Warning).ToString())
            .Contains("sam has no parameter 'zebra'; it has no effect");
    }

    [Test]
    public async Task An_environment_that_the_file_does_not_have_is_reported()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_root, "samconfig.toml"), "version = 0.1\n[prod.deploy.parameters]\nstack_name = \"a\"\n");
        await Assert.That(Notes("dev"))
            .Contains("has neither the environment 'dev' nor 'default'; nothing in it is used; it has prod");
        await Assert.That(Notes("prdo")).Contains("did you mean 'prod'?");
        await Assert.That(Notes("prod")).IsEqualTo("");
    }

    [Test]
    [Arguments(
        "version = 0.1\n[default.deploy.parameters]\n[prod.deploy.parameters]",
        "nope",
        "samconfig.toml: warning: has no environment 'nope'; 'default' is used; it has default, prod; "
            + "add [nope.deploy.parameters] if it has values of its own")]
    [Arguments("version = 0.1\n[default.deploy.parameters]\n[prod.deploy.parameters]", "dev", "")]
    [Arguments("version = 0.1\n[default.deploy.parameters]", "nope", "")]
    [Arguments(
        "[default.deploy.parameters]",
        "dev",
        "samconfig.toml:1:1: warning: 'version' is missing, so sam refuses the file; write version = 0.1 first")]
    [Arguments(
        "version = \"0.1\"\n[default.deploy.parameters]",
        "dev",
        "samconfig.toml:1:1: warning: 'version' is not a number, so sam refuses the file; write version = 0.1 first")]
    [Arguments(
        "version = \"abc\"\n[default.deploy.parameters]",
        "dev",
        "samconfig.toml:1:1: warning: 'version' is not a number, so sam refuses the file; write version = 0.1 first")]
    [Arguments("version = 1\n[default.deploy.parameters]", "dev", "")]
    public async Task Keys_that_sam_would_not_use_or_would_use_for_another_environment_are_warnings(
        string toml,
        string environment,
        string warning)
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.toml"), toml + "\n");
        await Assert.That(Notes(environment).Replace(_root + "/", "", StringComparison.Ordinal)).IsEqualTo(warning);
    }

    [Test]
    public async Task Of_two_files_the_one_that_is_not_read_is_reported()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.toml"), "");
        await File.WriteAllTextAsync(Path.Combine(_root, "samconfig.yaml"), "");
        await Assert.That(Notes("dev")).Contains("samconfig.yaml: warning: is not read, since samconfig.toml exists");
    }

    [Test]
    public async Task A_folder_a_broken_link_or_a_pipe_instead_of_the_file_is_an_error()
    {
        var file = Path.Combine(_root, "samconfig.toml");
        Directory.CreateDirectory(file);
        await Assert.That(Refusal("dev")).Contains("samconfig.toml");
        Directory.Delete(file);
        File.CreateSymbolicLink(file, Path.Combine(_root, "none"));
        await Assert.That(Refusal("dev")).Contains("samconfig.toml");
        File.Delete(file);
        using (var process = System.Diagnostics.Process.Start("mkfifo", file))
            await process.WaitForExitAsync();
        await Assert.That(Refusal("dev")).Contains("a named pipe");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Notes(string environment) => string.Join('\n', SamConfig.Read(_root, environment).Notes);

    private string? Refusal(string environment)
    {
        try
        {
            SamConfig.Read(_root, environment);
            return null;
        }
        catch (CommandFailure failure)
        {
            return failure.ExitCode == ExitCode.Usage ? string.Join('\n', failure.Diagnostics) : null;
        }
    }
}
