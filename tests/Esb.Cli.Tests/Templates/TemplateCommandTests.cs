using System.Text.Json;
using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Templates;

/// <summary>
/// <c>esb validate</c>, <c>esb generate</c> and <c>esb init</c> as whole commands, without a platform and without code.
/// </summary>
internal sealed class TemplateCommandTests : IDisposable
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.12
              Tracing: Active
              AutoPublishAlias: live
              Policies: [AWSLambdaBasicExecutionRole]
              Events:
                Get: { Type: Api, Properties: { Path: '/orders/{id}', Method: GET } }
                Queue: { Type: SQS, Properties: { Queue: q } }

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("esb-template-").FullName;

    public TemplateCommandTests()
    {
        Directory.CreateDirectory(At(".git"));
        File.WriteAllText(At("template.yaml"), Template);
        Directory.CreateDirectory(At("src"));
        File.WriteAllText(At("src/app.py"), "def handler(event, context): return {}");
    }

    [Test]
    public async Task Validate_reports_what_is_ignored_and_approximated_and_writes_nothing()
    {
        var result = await RunAsync("validate", "-t", At("template.yaml"));
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Output)
            .Contains("ignored       Orders  Tracing")
            .And.Contains("approximated  Orders  AutoPublishAlias")
            .And.Contains("is valid: 1 function, 1 route;")
            .And.DoesNotContain("applied       Orders");
        await Assert.That(result.Error).Contains("warning: Orders, event 'Queue': events of type 'SQS'");
        await Assert.That(Directory.GetFiles(_root).Length).IsEqualTo(1);
    }

    [Test]
    public async Task Generated_files_never_replace_those_of_a_configuration_folder_with_more_content()
    {
        Directory.CreateDirectory(At("config/.revisions"));
        await File.WriteAllTextAsync(
            At("config/functions.yml"),
            "functions:\n  other: { code: /srv/other, runtime: python3.12, handler: app.handler }\n");
        var before = await File.ReadAllTextAsync(At("config/functions.yml"));
        var refused = await RunAsync("generate", "-t", At("template.yaml"), "-o", At("config"));
        await Assert.That(refused.ExitCode).IsEqualTo(2);
        await Assert.That(refused.Error)
            .Contains("is a configuration folder, and not everything in it is generated again")
            .And.Contains("function other");
        await Assert.That(await File.ReadAllTextAsync(At("config/functions.yml"))).IsEqualTo(before);
        var deploy = await RunAsync(
            "deploy", "-t", At("template.yaml"), "--config-dir", At("config"), "-o", At("config"));
        await Assert.That(
            (deploy.ExitCode, deploy.Error.Contains("--output is the configuration folder", StringComparison.Ordinal)))
            .IsEqualTo((2, true));
        File.Delete(At("config/functions.yml"));
        await Assert.That((await RunAsync("generate", "-t", At("template.yaml"), "-o", At("config"))).ExitCode)
            .IsEqualTo(0);
    }

    [Test]
    public async Task The_samconfig_file_next_to_the_first_named_template_is_used()
    {
        const string Parameter = "Parameters: { Stage: { Type: String } }\n";
        Directory.CreateDirectory(At("first"));
        Directory.CreateDirectory(At("second"));
        foreach (var code in (string[])["first/src", "second/src"])
            await File.WriteAllTextAsync(
                Path.Combine(Directory.CreateDirectory(At(code)).FullName, "app.py"),
                "def handler(event, context): return 1\n");
        await File.WriteAllTextAsync(
            At("first/samconfig.toml"),
            "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"Stage=one\"\n");
        await File.WriteAllTextAsync(At("second/samconfig.toml"), "this is not TOML");
        await File.WriteAllTextAsync(At("first/template.yaml"), Parameter
            + Template.Replace("AutoPublishAlias: live", "Description: !Ref Stage", StringComparison.Ordinal));
        await File.WriteAllTextAsync(
            At("second/template.yaml"),
            Template.Replace("Orders:", "Others:", StringComparison.Ordinal)
                .Replace("/orders/", "/others/", StringComparison.Ordinal));
        var result = await RunAsync("validate", "-t", At("first/template.yaml"), "-t", At("second/template.yaml"));
        await Assert.That(result.Output).Contains("is valid: 2 functions, 2 routes");
        var other = await RunAsync("validate", "-t", At("second/template.yaml"));
        await Assert.That((other.ExitCode, other.Error)).IsEqualTo((
            2, $"{At("second/samconfig.toml")}:1:6: error: not valid TOML: Expecting `=` after a key instead of is\n"));
    }

    [Test]
    public async Task Validate_with_verbose_reports_the_outcome_of_everything()
    {
        var result = await RunAsync("validate", "-t", At("template.yaml"), "--verbose");
        await Assert.That(result.Output).Contains("applied       Orders  Handler")
            .And.Contains("applied       Orders  Events.Get");
    }

    [Test]
    public async Task Validate_with_json_prints_one_document_for_valid_and_invalid_templates()
    {
        using var good = JsonDocument.Parse((await RunAsync("validate", "-t", At("template.yaml"), "--json")).Output);
        await Assert.That(good.RootElement.GetProperty("valid").GetBoolean()).IsTrue();
        await Assert.That(good.RootElement.GetProperty("template").EnumerateArray()
            .Select(l => $"{l.GetProperty("property")} {l.GetProperty("outcome")}")).Contains("Tracing ignored");
        await File.WriteAllTextAsync(
            At("template.yaml"), Template.Replace("Handler:", "Handlr:", StringComparison.Ordinal));
        var bad = await RunAsync("validate", "-t", At("template.yaml"), "--json");
        await Assert.That(bad.ExitCode).IsEqualTo(2);
        using var document = JsonDocument.Parse(bad.Output);
        var errors = document.RootElement.GetProperty("diagnostics").EnumerateArray().Where(
            d => d.GetProperty("severity").GetString() == "error").ToList();
        await Assert.That(errors.Select(e => e.GetProperty("line").GetInt32())).Contains(7);
    }

    [Test]
    public async Task With_strict_everything_that_is_ignored_is_an_error()
    {
        var result = await RunAsync("validate", "-t", At("template.yaml"), "--strict");
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error).Contains("error: Orders: Tracing is ignored").And.Contains(
            "error: Orders: Events.Queue is ignored").And.Contains("3 errors; nothing was changed.");
    }

    [Test]
    public async Task Generate_writes_the_receipt_next_to_the_three_files()
    {
        var result = await RunAsync("generate", "-t", At("template.yaml"), "-o", At("out"));
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(At("out/receipt.json")))
            .Contains("\"outcome\": \"approximated\"");
        await Assert.That(Directory.GetFiles(At("out")).Select(p => Path.GetFileName(p)!))
            .IsEquivalentTo(["functions.yml", "routing.yml", "resources.yml", "receipt.json"]);
    }

    [Test]
    public async Task A_template_that_is_not_utf8_is_refused_with_its_line()
    {
        await File.WriteAllBytesAsync(At("template.yaml"), [.. "Resources:\n  "u8, 0xE9]);
        var result = await RunAsync("validate", "-t", At("template.yaml"));
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error).Contains("template.yaml:2:3: error: the file is not UTF-8");
    }

    [Test]
    public async Task Values_from_AWS_come_from_the_named_file()
    {
        await File.WriteAllTextAsync(At("template.yaml"), Template.Replace(
            "Tracing: Active", "Environment: { Variables: { V: !ImportValue shared } }", StringComparison.Ordinal));
        await File.WriteAllTextAsync(At("values.yaml"), "imports: { shared: given }\n");
        await Assert.That((await RunAsync("generate", "-t", At("template.yaml"), "-o", At("out"))).Error)
            .Contains("the export 'shared' is on AWS");
        var result = await RunAsync(
            "generate", "-t", At("template.yaml"), "-o", At("out"), "--values", At("values.yaml"));
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(At("out/functions.yml"))).Contains("V: given");
        await Assert.That((await RunAsync("validate", "-t", At("template.yaml"), "--values", At("none.yaml"))).ExitCode)
            .IsEqualTo(2);
    }

    [Test]
    [Arguments("python", "src/app.py")]
    [Arguments("node", "src/index.js")]
    [Arguments("dotnet", "src/hello.csproj")]
    public async Task Init_writes_an_example_that_is_valid_and_overwrites_nothing(string runtime, string file)
    {
        var folder = At("hello");
        var result = await RunAsync("init", folder, "--runtime", runtime);
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(File.Exists(Path.Combine(folder, file))).IsTrue();
        var validated = await RunAsync("validate", "-t", Path.Combine(folder, "template.yaml"));
        await Assert.That(validated.Output).Contains("1 function, 2 routes").And.Contains("0 ignored");
        var again = await RunAsync("init", folder, "--runtime", runtime);
        await Assert.That(again.ExitCode).IsEqualTo(2);
        await Assert.That(again.Error).Contains("already exists and is not overwritten");
    }

    [Test]
    public async Task Examples_in_two_folders_have_different_names_and_routes()
    {
        await RunAsync("init", At("shop"));
        await RunAsync("init", At("my blog"));
        await Assert.That(await File.ReadAllTextAsync(At("shop/template.yaml")))
            .Contains("FunctionName: shop\n")
            .And.Contains("Path: '/shop/{name}'")
            .And.DoesNotContain("hello");
        var blog = await RunAsync("generate", "-t", At("my blog/template.yaml"), "-o", At("out"));
        await Assert.That(blog.ExitCode).IsEqualTo(0).Because(blog.Error);
        await Assert.That(await File.ReadAllTextAsync(At("my blog/template.yaml")))
            .DoesNotContain("hello")
            .And.DoesNotContain("shop")
            .And.Contains("FunctionName: my-blog");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            arguments, new Screen(output, error, ScreenTraits.Plain), CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    private string At(string path) => Path.Combine(_root, path);
}
