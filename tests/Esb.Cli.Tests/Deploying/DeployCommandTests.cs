using Esb.Cli.Commands;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Deploying;

/// <summary>The whole command, without a platform.</summary>
internal sealed class DeployCommandTests : IDisposable
{
    private const string Template = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          Stage: { Type: String, Default: dev }
        Resources:
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: orders
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.12
              Tracing: Active
              Environment: { Variables: { STAGE: !Ref Stage } }
              Events:
                Get: { Type: Api, Properties: { Path: '/orders/{id}', Method: GET } }

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("esb-command-").FullName;

    public DeployCommandTests()
    {
        Write("template.yaml", Template);
        Write("src/app.py", "def handler(event, context): return {}");
        Write("settings.env",
            $"ESB_STATE_DIR={_root}/state\nCONFIG_DIR={_root}/config\n"
                + "GATEWAY_PORT=1\nADMIN_PORT=2\nESB_PROJECT=test\n");
    }

    [Test]
    public async Task A_deploy_without_a_platform_writes_the_files_and_warns_and_the_next_has_nothing_to_do()
    {
        var first = await EsbAsync("deploy", "-t", At("template.yaml"));
        await Assert.That(first.ExitCode).IsEqualTo(0);
        await Assert.That(first.Output)
            .Contains("functions    + orders")
            .And.Contains("routes       + GET /orders/{id}   → orders")
            .And.Contains("Written in")
            .And.Contains("1 property ignored");
        await Assert.That(first.Error).Contains("warning: no gateway answers on 127.0.0.1:1");
        await Assert.That(await File.ReadAllTextAsync(At("config/functions.yml")))
            .Contains($"code: {_root}/state/test/code/dev/orders/")
            .And.Contains("revision:");
        await Assert.That(File.Exists(At("out/receipt.json"))).IsTrue();

        var times = Times();
        var second = await EsbAsync("deploy", "-t", At("template.yaml"));
        await Assert.That(second.Output).StartsWith("Nothing to do, configuration ");
        await Assert.That(second.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length).IsEqualTo(1);
        await Assert.That(Times()).IsEquivalentTo(times);
    }

    [Test]
    public async Task Everything_that_is_deployed_belongs_to_an_application()
    {
        string[] Applications() => [
            .. File.ReadLines(At("config/functions.yml"))
                .Concat(File.ReadLines(At("config/routing.yml")))
                .Where(l => l.Contains("application:", StringComparison.Ordinal))
                .Select(l => l.Trim()),
        ];
        Write("my shop/.aws-sam/build/template.yaml", Template);
        Write("my shop/.aws-sam/build/src/app.py", "def handler(event, context): return {}");
        await EsbAsync("deploy", "-t", At("my shop/.aws-sam/build/template.yaml"));
        await Assert.That(Applications())
            .IsEquivalentTo(["application: my-shop-21e023", "application: my-shop-21e023"]);
        Write("samconfig.toml", "version = 0.1\n[default.deploy.parameters]\nstack_name = \"configured\"\n");
        await EsbAsync("deploy", "-t", At("template.yaml"));
        await Assert.That(Applications()).IsEquivalentTo(["application: configured", "application: configured"]);
        await EsbAsync("deploy", "-t", At("template.yaml"), "--stack", "named");
        await Assert.That(Applications()).IsEquivalentTo(["application: named", "application: named"]);

        var wrong = await EsbAsync("deploy", "-t", At("template.yaml"), "--stack", "not_allowed");
        await Assert.That((wrong.ExitCode, wrong.Error.Trim())).IsEqualTo((2, "error: --stack is 'not_allowed'; "
            + "allowed: letters, digits and '-', a letter first, at most 128 of them"));
        Write("samconfig.toml", "version = 0.1\n[default.deploy.parameters]\nstack_name = \"7\"\n");
        await Assert.That((await EsbAsync("deploy", "-t", At("template.yaml"))).Error)
            .Contains("'7' is not the name of a stack");
    }

    [Test]
    public async Task A_takeover_from_another_application_is_reported_and_can_be_refused()
    {
        await EsbAsync("deploy", "-t", At("template.yaml"), "--stack", "first");
        Write("second/template.yaml", Template);
        Write("second/src/app.py", "def handler(event, context): return {'statusCode': 201}");
        List<string> Config() => [.. Times().Where(t => t.StartsWith(At("config/"), StringComparison.Ordinal))];
        var before = Config();
        var refused = await EsbAsync("deploy", "-t", At("second/template.yaml"), "--no-takeover");
        await Assert.That(refused.ExitCode).IsEqualTo(1);
        await Assert.That(refused.Error)
            .Contains("the deploy would take over 2 things that belong to other applications; nothing was changed")
            .And.Contains($"function orders of application 'first', {At("template.yaml")}, deployed ").And.Contains(
                "route GET /orders/{id} of application 'first'");
        await Assert.That(Config()).IsEquivalentTo(before);

        var taken = await EsbAsync("deploy", "-t", At("second/template.yaml"));
        await Assert.That(taken.ExitCode).IsEqualTo(0);
        await Assert.That(taken.Output).Contains(
            $"functions    ~ orders   was application 'first', {At("template.yaml")}, deployed ")
            .And.Contains("~ GET /orders/{id}   → orders, changed; was application 'first', ");
        var again = await EsbAsync("deploy", "-t", At("second/template.yaml"), "--no-takeover");
        await Assert.That((again.ExitCode, again.Output.StartsWith("Nothing to do", StringComparison.Ordinal)))
            .IsEqualTo((0, true));
    }

    [Test]
    public async Task An_edited_handler_and_a_changed_parameter_are_new_revisions()
    {
        string Revision() =>
            File.ReadLines(At("config/functions.yml")).Single(l => l.Contains("revision:", StringComparison.Ordinal));
        await EsbAsync("deploy", "-t", At("template.yaml"));
        var first = Revision();
        await EsbAsync("deploy", "-t", At("template.yaml"), "--parameter-overrides", "Stage=prod");
        var second = Revision();
        Write("src/app.py", "def handler(event, context): return {'statusCode': 204}");
        await EsbAsync("deploy", "-t", At("template.yaml"), "--parameter-overrides", "Stage=prod");
        await Assert.That(new HashSet<string> { first, second, Revision() }.Count).IsEqualTo(3);
    }

    [Test]
    public async Task A_parameter_file_that_another_one_names_is_not_part_of_the_code()
    {
        Write("src/p.yaml", $"- file://{At("src/q.yaml")}\n");
        Write("src/q.yaml", "Stage: prod\n");
        var deployed = await EsbAsync(
            "deploy", "-t", At("template.yaml"), "--parameter-overrides", $"file://{At("src/p.yaml")}");
        await Assert.That(deployed.ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(At("config/functions.yml"))).Contains("STAGE: prod");
        var code = Directory.GetDirectories(At("state/test/code/dev/orders")).Single();
        await Assert.That(Directory.GetFiles(code, "?.yaml")).IsEmpty();
    }

    [Test]
    public async Task A_broken_template_is_shown_with_its_line_and_changes_nothing()
    {
        Write("template.yaml", Template.Replace("Handler:", "Handlr:", StringComparison.Ordinal));
        var result = await EsbAsync("deploy", "-t", At("template.yaml"));
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error)
            .Contains("template.yaml:11:7: error: Orders: unknown property 'Handlr'")
            .And.Contains("   11 |       Handlr: app.handler")
            .And.Contains("^^^^^^ did you mean 'Handler'?");
        await Assert.That(result.Error.TrimEnd()).EndsWith("nothing was changed.");
        await Assert.That(Times().Count).IsEqualTo(0);
    }

    [Test]
    [Arguments("Handler: app.handler", "Handler: other.handler", "template.yaml:11:", "other.py")]
    [Arguments("CodeUri: src/", "CodeUri: none/", "template.yaml:10:", "there is no code at")]
    [Arguments("Runtime: python3.12", "Runtime: java21", "template.yaml:", "not served in process mode")]
    public async Task Code_that_cannot_be_staged_is_an_error_with_its_place(
        string good,
        string bad,
        string place,
        string message)
    {
        Write("template.yaml", Template.Replace(good, bad, StringComparison.Ordinal));
        var result = await EsbAsync("deploy", "-t", At("template.yaml"));
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error).Contains(place).And.Contains(message)
            .And.Contains("1 error; nothing was changed.");
        await Assert.That(Times().Count).IsEqualTo(0);
    }

    [Test]
    public async Task A_dry_run_says_what_would_change_and_touches_nothing()
    {
        var result = await EsbAsync("deploy", "-t", At("template.yaml"), "--dry-run");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(result.Output).Contains("+  functions.yml  function orders")
            .And.Contains("Dry run: nothing was changed.");
        await Assert.That(Directory.Exists(At("config"))).IsFalse();
        await Assert.That(Directory.Exists(At("out"))).IsFalse();
        await Assert.That(Directory.Exists(At("state/test/code"))).IsFalse();
    }

    [Test]
    public async Task Two_templates_in_one_call_are_one_transaction_and_the_later_one_takes_precedence()
    {
        Write("b.yaml", Template.Replace("orders", "receipts", StringComparison.Ordinal)
            .Replace("/receipts/", "/orders/", StringComparison.Ordinal));
        var result = await EsbAsync("deploy", "-t", At("template.yaml"), "-t", At("b.yaml"));
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(At("config/functions.yml"))).Contains("  orders:")
            .And.Contains("  receipts:");
        await Assert.That(await File.ReadAllTextAsync(At("config/routing.yml"))).Contains("function: receipts")
            .And.DoesNotContain("function: orders");
    }

    [Test]
    public async Task A_replacement_by_a_later_template_of_one_call_is_reported_and_an_error_with_strict()
    {
        Write("a.yaml", Template.Replace("      Tracing: Active\n", "", StringComparison.Ordinal));
        Write("b.yaml", Template.Replace("      Tracing: Active\n", "", StringComparison.Ordinal)
            .Replace("FunctionName: orders", "FunctionName: receipts", StringComparison.Ordinal)
            .Replace("{id}", "{name}", StringComparison.Ordinal));
        string[] templates = ["-t", At("a.yaml"), "-t", At("b.yaml")];
        var lenient = await RunAsync(["validate", .. templates]);
        await Assert.That(lenient.ExitCode).IsEqualTo(0);
        await Assert.That(lenient.Error).Contains($"warning: GET /orders/{{id}} is replaced by GET /orders/{{name}} of "
            + $"{At("b.yaml")}, which takes the same requests");
        var strict = await RunAsync(["validate", .. templates, "--strict"]);
        await Assert.That((strict.ExitCode, strict.Error.Contains(
            "error: GET /orders/{id} is replaced by GET /orders/{name}",
            StringComparison.Ordinal))).IsEqualTo((2, true));
    }

    [Test]
    public async Task Generate_writes_the_three_files_and_needs_no_code()
    {
        Directory.Delete(At("src"), recursive: true);
        var result = await RunAsync(
            "generate", "-t", At("template.yaml"), "-o", At("generated"), "--parameter-overrides", "Stage=prod");
        await Assert.That(result.ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(At("generated/functions.yml"))).Contains("code: src/")
            .And.Contains("STAGE: prod");
        await Assert.That(File.Exists(At("generated/routing.yml")) && File.Exists(At("generated/resources.yml")))
            .IsTrue();
    }

    [Test]
    [Arguments("--mode", "docker", 1, "there is no docker-compose.docker.yml here")]
    [Arguments("--mode", "podman", 2, "--mode is 'podman'")]
    [Arguments("--env", "../up", 2, "--env is '../up'")]
    [Arguments("--lock-timeout", "soon", 2, "--lock-timeout is 'soon'")]
    [Arguments("--parameter-overrides", "Stage", 2, "Key=Value")]
    [Arguments("--config-dir", "/proc/esb-cannot-write-here", 1, "/proc/esb-cannot-write-here")]
    public async Task An_option_that_cannot_be_used_is_an_error_of_one_line_with_a_remedy(
        string option,
        string value,
        int exitCode,
        string message)
    {
        var result = await EsbAsync("deploy", "-t", At("template.yaml"), option, value);
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(result.Error).Contains(message);
        await Assert.That(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length).IsEqualTo(1);
    }

    [Test]
    public async Task A_damaged_file_in_the_folder_is_shown_with_its_line_and_stays_as_it_is()
    {
        Write("config/routing.yml", "routes:\n  - { path: nowhere, function: f }\n");
        var result = await EsbAsync("deploy", "-t", At("template.yaml"));
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains("routing.yml:2:").And.Contains("1 error; nothing was changed.");
        await Assert.That(Directory.GetFiles(At("config"), "*.yml").Length).IsEqualTo(1);
    }

    [Test]
    public async Task Settings_and_keys_of_another_environment_are_not_staged()
    {
        Write("template.yaml", Template.Replace("CodeUri: src/", "CodeUri: .", StringComparison.Ordinal));
        Write(".git/HEAD", "");
        Write("app.py", "def handler(event, context): return {}");
        Write(".env", $"AWS_SECRET_ACCESS_KEY=production\nTLS_KEY_FILE={At("tls/key.pem")}\n");
        Write(".env.dev", "AWS_SECRET_ACCESS_KEY=development\n");
        Write(".env.example", "AWS_SECRET_ACCESS_KEY=\n");
        Write("tls/key.pem", "private");

        var run = await EsbAsync("deploy", "-t", At("template.yaml"));

        await Assert.That(run.ExitCode).IsEqualTo(0).Because(run.ToString());
        var staged = Directory.GetFiles(At("state/test/code"), "*", SearchOption.AllDirectories);
        await Assert.That(staged.Select(f => Path.GetFileName(f))).Contains("app.py").And.Contains(".env.example")
            .And.DoesNotContain(".env").And.DoesNotContain(".env.dev").And.DoesNotContain("settings.env")
            .And.DoesNotContain("key.pem");
        await Assert.That(run.Error).Contains("'.env.dev' is left out of its code, since esb reads its own settings");
        await Assert.That(run.Error).Contains("'tls/key.pem' is left out of its code, since a setting of esb names it");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private Task<(int ExitCode, string Output, string Error)> EsbAsync(params string[] arguments) =>
        RunAsync([.. arguments, "-o", At("out"), "--env-file", At("settings.env")]);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            arguments, new Screen(output, error, ScreenTraits.Plain), CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    private string At(string path) => Path.Combine(_root, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    private List<string> Times() => Directory.Exists(At("config"))
        ? [.. new DirectoryInfo(At("config"))
            .GetFiles("*.yml")
            .Concat(Directory.Exists(At("out")) ? new DirectoryInfo(At("out")).GetFiles() : [])
            .Select(f => $"{f.FullName} {f.LastWriteTimeUtc:O}")]
        : [];
}
