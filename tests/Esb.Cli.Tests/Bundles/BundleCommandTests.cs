using Esb.Cli.Bundles.Format;
using Esb.Cli.Commands;
using Esb.Cli.Terminal;
using Esb.Cli.Tests.Platform;

namespace Esb.Cli.Tests.Bundles;

/// <summary>
/// From a machine with templates and code to one with only a bundle, in process mode and without a platform.
/// </summary>
internal sealed class BundleCommandTests : IDisposable
{
    private const string Template = """
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          Stage: { Type: String, Default: dev }
        Resources:
          Prices:
            Type: AWS::Serverless::LayerVersion
            Properties: { LayerName: prices, ContentUri: layer/ }
          Orders:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: orders
              CodeUri: src/
              Handler: app.handler
              Runtime: python3.12
              Layers: [!Ref Prices]
              Environment: { Variables: { STAGE: !Ref Stage } }
              Events:
                Get: { Type: Api, Properties: { Path: '/orders/{id}', Method: GET } }

        """;

    private readonly string _root = Directory.CreateTempSubdirectory("esb-bundles-").FullName;

    public BundleCommandTests()
    {
        Write("template.yaml", Template);
        Write("src/app.py", "def handler(event, context): return {}");
        Write("src/tool", "#!/bin/sh\n");
        File.SetUnixFileMode(At("src/tool"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(At("src/link"), "tool");
        Write("layer/python/prices.py", "tea = 7\n");
        Write(
            "here.env", $"ESB_STATE_DIR={_root}/here\nCONFIG_DIR={_root}/here-config\nGATEWAY_PORT=1\nADMIN_PORT=2\n");
        Write(
            "there.env",
            $"ESB_STATE_DIR={_root}/there\nCONFIG_DIR={_root}/there-config\nGATEWAY_PORT=1\nADMIN_PORT=2\n");
    }

    [Test]
    public async Task A_bundle_deploys_code_layers_and_routes_on_a_machine_without_templates()
    {
        await BundleAsync();
        var deployed = await DeployAsync();

        await Assert.That(deployed.ExitCode).IsEqualTo(0);
        await Assert.That(deployed.Output).Contains("site.esb     1 function, 1 route")
            .And.Contains("functions    + orders");
        var functions = await File.ReadAllTextAsync(At("there-config/functions.yml"));
        await Assert.That(functions).Contains($"code: {_root}/there/default/code/prod/orders/").And.Contains(
            $"- {_root}/there/default/layers/prices/").And.Contains("STAGE: prod");
        var code = Directory.GetDirectories(At("there/default/code/prod/orders")).Single();
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(code, "app.py")))
            .IsEqualTo("def handler(event, context): return {}");
        await Assert.That(File.GetUnixFileMode(Path.Combine(code, "tool"))).HasFlag(UnixFileMode.UserExecute);
        await Assert.That(new FileInfo(Path.Combine(code, "link")).LinkTarget).IsEqualTo("tool");
        await Assert.That((await DeployAsync()).Output).StartsWith("Nothing to do, configuration ");
    }

    [Test]
    public async Task The_same_templates_give_the_same_bytes_and_the_file_is_for_its_owner_only()
    {
        await BundleAsync();
        var first = await File.ReadAllBytesAsync(At("site.esb"));
        Directory.Delete(At("here"), recursive: true);
        var second = await BundleAsync();

        await Assert.That((await File.ReadAllBytesAsync(At("site.esb"))).AsSpan().SequenceEqual(first)).IsTrue();
        await Assert.That(second.Output)
            .Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(first)));
        await Assert.That(File.GetUnixFileMode(At("site.esb")))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Assert.That(Directory.GetFileSystemEntries(_root, ".*")).IsEmpty();
    }

    [Test]
    public async Task A_damaged_bundle_changes_nothing_on_the_machine_that_deploys_it()
    {
        await BundleAsync();
        var bytes = await File.ReadAllBytesAsync(At("site.esb"));
        foreach (var damage in (Func<byte[], byte[]>[])[
            b => b[..^1], b => b[..(b.Length / 2)], b => [], b => [.. b[..600], (byte)~b[600], .. b[601..]],
        ])
        {
            await File.WriteAllBytesAsync(At("site.esb"), damage(bytes));
            var result = await DeployAsync();
            await Assert.That(result.ExitCode).IsEqualTo(1).Because(result.ToString());
            await Assert.That(result.Error).Contains("site.esb: it ").And.Contains("nothing was changed");
        }

        await Assert.That(Path.Exists(At("there")) || Path.Exists(At("there-config"))).IsFalse();
    }

    [Test]
    public async Task A_bundle_of_another_architecture_or_mode_is_refused()
    {
        var manifest = System.Text.Encoding.UTF8.GetString(ManifestJson.Write(
            BundleBytes.Manifest(BundleBytes.Documents) with { Architecture = "riscv64" }));
        await File.WriteAllBytesAsync(At("site.esb"), BundleBytes.WithManifest(manifest, BundleBytes.Documents));
        await Assert.That((await DeployAsync()).Error).Contains("it is for riscv64, but this machine is ")
            .And.Contains("nothing was changed");

        await BundleAsync();
        await Assert.That((await DeployAsync("--mode", "docker")).Error)
            .Contains("it is for process mode, not for docker mode; nothing was changed");
        await Assert.That(Path.Exists(At("there"))).IsFalse();
    }

    [Test]
    [Arguments("code: /etc", "runs from '/etc', which is not in the bundle")]
    [Arguments("code: code/orders/0123", "which is not in the bundle")]
    [Arguments("image: evil", "which is not in the bundle")]
    public async Task A_bundle_cannot_make_a_function_run_code_that_it_does_not_contain(string place, string message)
    {
        List<BundleItem> items = [BundleItem.OfBytes(EntryPath.Functions, System.Text.Encoding.UTF8.GetBytes(
            $"functions:\n  f: {{ {place}, runtime: python3.12, handler: a.b }}\n")), .. BundleBytes.Documents.Skip(1)];
        await File.WriteAllBytesAsync(At("site.esb"), BundleBytes.WithManifest(
            System.Text.Encoding.UTF8.GetString(ManifestJson.Write(BundleBytes.Manifest(items))), items));
        var result = await DeployAsync();
        await Assert.That(result.ExitCode).IsEqualTo(1);
        await Assert.That(result.Error).Contains(message).And.Contains("1 error; nothing was changed.");
        await Assert.That(Path.Exists(At("there/default/code"))).IsFalse();
    }

    [Test]
    public async Task Existing_code_with_other_content_is_kept_and_the_code_of_the_bundle_is_placed_next_to_it()
    {
        await BundleAsync();
        await DeployAsync();
        var first = Directory.GetDirectories(At("there/default/code/prod/orders")).Single();
        File.Delete(Path.Combine(first, "app.py"));
        await File.WriteAllTextAsync(Path.Combine(first, "app.py"), "def handler(event, context): return []");

        await Assert.That((await DeployAsync()).ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(At("there-config/functions.yml"))).Contains($"code: {first}-2");
        await Assert.That(await File.ReadAllTextAsync($"{first}-2/app.py"))
            .IsEqualTo("def handler(event, context): return {}");
    }

    [Test]
    public async Task Code_of_a_bundle_is_not_used_as_the_code_of_a_source_with_the_same_key()
    {
        await BundleAsync();
        var app = Path.Combine(Directory.GetDirectories(At("here/default/code/prod/orders")).Single(), "app.py");
        File.Delete(app);
        await File.WriteAllTextAsync(app, "def handler(event, context): return 'altered'");
        // No record of the staged content exists, as with code of an earlier version.
        File.Delete($"{Path.GetDirectoryName(app)}.content");
        await BundleAsync();
        await DeployAsync();
        await Assert.That(await RunningAsync()).Contains("altered");

        var honest = await RunAsync(
            "deploy", "-t", At("template.yaml"), "--env", "prod", "--parameter-overrides", "Stage=prod", "-o", At(
                "out"), "--env-file", At("there.env"));
        await Assert.That(honest.ExitCode).IsEqualTo(0).Because(honest.ToString());
        await Assert.That(await RunningAsync()).IsEqualTo("def handler(event, context): return {}");
    }

    [Test]
    public async Task A_named_pipe_is_not_replaced_by_a_bundle_and_a_link_stays_a_link()
    {
        using (var made = System.Diagnostics.Process.Start("mkfifo", [At("pipe")]))
            await made.WaitForExitAsync();
        var refused = await RunAsync(
            "bundle", "-t", At("template.yaml"), "-o", At("pipe"), "--without-platform", "--env-file", At("here.env"));
        await Assert.That(refused.ExitCode).IsEqualTo(2);
        await Assert.That(refused.Error).Contains("pipe is a named pipe; esb writes only files");

        File.CreateSymbolicLink(At("site.esb"), At("real.esb"));
        await BundleAsync();
        await Assert.That(new FileInfo(At("site.esb")).LinkTarget).IsEqualTo(At("real.esb"));
        await Assert.That(new FileInfo(At("real.esb")).Length).IsGreaterThan(0);
    }

    [Test]
    public async Task A_dry_run_of_a_bundle_says_what_would_change_and_touches_nothing()
    {
        await BundleAsync();
        var result = await DeployAsync("--dry-run");
        await Assert.That(result.Output).Contains("+  functions.yml  function orders")
            .And.Contains("Dry run: nothing was changed.");
        await Assert.That(Path.Exists(At("there")) || Path.Exists(At("there-config"))).IsFalse();
    }

    [Test]
    [Arguments("-t", "template.yaml")]
    [Arguments("--env", "prod")]
    [Arguments("--parameter-overrides", "Stage=prod")]
    [Arguments("--no-cache", null)]
    public async Task Options_that_the_bundle_was_made_with_cannot_be_given_again(string option, string? value)
    {
        await BundleAsync();
        var result = await DeployAsync([option, .. value is null ? [] : new[] { value }]);
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That(result.Error).Contains("cannot be combined with --from");
    }

    [Test]
    public async Task A_strict_deploy_of_a_bundle_refuses_what_a_strict_deploy_of_its_templates_would_refuse()
    {
        await BundleAsync("--strict");
        var good = await DeployAsync("--strict");
        await Assert.That((good.ExitCode, good.Error.Contains("site.esb", StringComparison.Ordinal)))
            .IsEqualTo((0, false));

        Write("template.yaml", Template.Replace(
            "Handler: app.handler",
            "Handler: app.handler\n      VpcConfig: { SubnetIds: [subnet-1] }",
            StringComparison.Ordinal));
        await BundleAsync();
        var refused = await DeployAsync("--strict", "--dry-run");
        await Assert.That(refused.ExitCode).IsEqualTo(1);
        await Assert.That(refused.Error).Contains("site.esb: template.yaml:").And.Contains("VpcConfig is ignored")
            .And.Contains("change the template and make the bundle again, or deploy it without --strict");
        await Assert.That((await RunAsync("bundle", "show", At("site.esb"))).Output)
            .Contains("not strict   template.yaml:");
        await Assert.That((await DeployAsync()).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_strict_deploy_of_a_bundle_refuses_what_it_finds_during_the_merge()
    {
        await BundleAsync("--stack", "zz");
        await DeployAsync();
        Write("there-config/functions.yml", (await File.ReadAllTextAsync(At("there-config/functions.yml")))
            .Replace("application: zz", "application: aa", StringComparison.Ordinal));
        Write(
            "there-config/routing.yml", "routes:\n  - { path: /aa, method: GET, function: orders, application: aa }\n");
        var strict = await DeployAsync("--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains("error: GET /aa of application 'aa' leads to "
            + "'orders', which belongs to application 'zz' now: the route is closed", StringComparison.Ordinal)))
            .IsEqualTo((1, true));
        await Assert.That((await DeployAsync()).Error)
            .Contains("warning: GET /aa of application 'aa' leads to 'orders'");
    }

    [Test]
    public async Task A_bundle_of_a_version_that_recorded_no_warnings_is_not_deployed_strictly()
    {
        await File.WriteAllBytesAsync(At("site.esb"), BundleBytes.Write());
        var strict = await DeployAsync("--strict");
        await Assert.That((strict.ExitCode, strict.Error.Contains(
            "it does not record what --strict would have refused", StringComparison.Ordinal))).IsEqualTo((1, true));
        await Assert.That((await DeployAsync()).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task A_bundle_goes_to_the_environment_for_which_it_was_made_and_to_no_other()
    {
        await BundleAsync();
        await Assert.That((await DeployAsync()).ExitCode).IsEqualTo(0);
        await Assert.That(await File.ReadAllTextAsync(At("there-config/.environment"))).IsEqualTo("prod\n");
        Write("there-config/.environment", "test\n");
        var refused = await DeployAsync();
        await Assert.That(refused.ExitCode).IsEqualTo(1);
        await Assert.That(refused.Error)
            .Contains("is the configuration of environment 'test', not of 'prod'; nothing was changed");
    }

    [Test]
    public async Task A_bundle_without_an_environment_is_deployed_to_the_existing_platform_and_marks_none()
    {
        Write("template.yaml", (await File.ReadAllTextAsync(At("template.yaml")))
            .Replace("python3.12", await MachineRuntime.PythonAsync(), StringComparison.Ordinal));
        string[] make =
        [
            "bundle", "-t", At("template.yaml"), "-o", At("site.esb"), "--without-platform", "--env-file",
            At("here.env"),
        ];
        await Assert.That((await RunAsync(make)).ExitCode).IsEqualTo(0);
        await Assert.That((await RunAsync("bundle", "show", At("site.esb"))).Output).Contains("any environment")
            .And.DoesNotContain("environment dev");
        await Assert.That((await DeployAsync()).ExitCode).IsEqualTo(0);
        await Assert.That(File.Exists(At("there-config/.environment"))).IsFalse();
        Write("there-config/.environment", "prod\n");
        var marked = await DeployAsync();
        await Assert.That((marked.ExitCode, marked.Error.Contains("error:", StringComparison.Ordinal)))
            .IsEqualTo((0, false));
        await Assert.That(await File.ReadAllTextAsync(At("there-config/.environment"))).IsEqualTo("prod\n");
        await Assert.That(await File.ReadAllTextAsync(At("there-config/functions.yml"))).Contains("/code/prod/orders/")
            .And.DoesNotContain("/code/dev/");
        await Assert.That((await RunAsync([.. make, "--env", "dev"])).ExitCode).IsEqualTo(0);
        var refused = await DeployAsync();
        await Assert.That((refused.ExitCode, refused.Error.Contains("not of 'dev'", StringComparison.Ordinal)
            || refused.Error.Contains("not 'dev'", StringComparison.Ordinal))).IsEqualTo((1, true));
    }

    [Test]
    public async Task The_application_of_a_bundle_may_be_named_again_and_then_pruned()
    {
        await BundleAsync("--stack", "zz");
        var other = await DeployAsync("--stack", "other");
        await Assert.That((other.ExitCode, other.Error.Contains(
            "--stack is 'other', and the bundle is of application 'zz'; nothing was changed",
            StringComparison.Ordinal))).IsEqualTo((2, true));
        await Assert.That((await DeployAsync("--prune")).Error).Contains("--prune needs the name of the application");
        var pruned = await DeployAsync("--stack", "zz", "--prune");
        await Assert.That((pruned.ExitCode, pruned.Error.Contains("error:", StringComparison.Ordinal)))
            .IsEqualTo((0, false));
    }

    [Test]
    public async Task Show_prints_the_content_of_a_bundle_with_all_its_checksums()
    {
        await BundleAsync();
        var shown = await RunAsync("bundle", "show", At("site.esb"), "--verbose");
        await Assert.That(shown.ExitCode).IsEqualTo(0);
        await Assert.That(shown.Output)
            .Contains("process mode")
            .And.Contains("templates    template.yaml")
            .And.Contains("folder       code/orders/")
            .And.Contains("/link -> tool")
            .And.DoesNotContain("STAGE");
        var json = System.Text.Json.JsonDocument.Parse(
            (await RunAsync("bundle", "show", At("site.esb"), "--json")).Output).RootElement;
        await Assert.That(json.GetProperty("manifest").GetProperty("environment").GetString()).IsEqualTo("prod");
        await Assert.That(json.GetProperty("sha256").GetString()).IsEqualTo(Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(At("site.esb")))));
    }

    [Test]
    [Arguments("none/site.esb", 1, "cannot be written")]
    [Arguments("src", 2, "is a folder")]
    public async Task A_file_that_cannot_be_written_is_reported_before_anything_is_built(
        string file,
        int exitCode,
        string message)
    {
        var result = await RunAsync(
            "bundle", "-t", At("template.yaml"), "-o", At(file), "--without-platform", "--env-file", At("here.env"));
        await Assert.That(result.ExitCode).IsEqualTo(exitCode);
        await Assert.That(result.Error).Contains(message);
        await Assert.That(Path.Exists(At("here"))).IsFalse();
    }

    [Test]
    public async Task A_failed_bundle_command_keeps_the_older_file_with_that_name()
    {
        await BundleAsync();
        var before = await File.ReadAllBytesAsync(At("site.esb"));
        Write("template.yaml", Template.Replace("app.handler", "none.handler", StringComparison.Ordinal));
        var result = await RunAsync(
            "bundle", "-t", At("template.yaml"), "-o", At("site.esb"), "--without-platform", "--env-file", At(
                "here.env"));
        await Assert.That(result.ExitCode).IsEqualTo(2);
        await Assert.That((await File.ReadAllBytesAsync(At("site.esb"))).AsSpan().SequenceEqual(before)).IsTrue();
        await Assert.That(Directory.GetFileSystemEntries(_root, ".*")).IsEmpty();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<(int ExitCode, string Output, string Error)> BundleAsync(params string[] more)
    {
        Write("template.yaml", (await File.ReadAllTextAsync(At("template.yaml")))
            .Replace("python3.12", await MachineRuntime.PythonAsync(), StringComparison.Ordinal));
        var result = await RunAsync([
            "bundle", "-t", At("template.yaml"), "--env", "prod", "--parameter-overrides", "Stage=prod", "-o",
            At("site.esb"), "--without-platform", "--env-file", At("here.env"), .. more,
        ]);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException(result.ToString());
    }

    private async Task<string> RunningAsync()
    {
        var functions = await File.ReadAllLinesAsync(At("there-config/functions.yml"));
        var code = functions.Single(l => l.TrimStart().StartsWith("code: ", StringComparison.Ordinal))
            .Trim()["code: ".Length..];
        return await File.ReadAllTextAsync(Path.Combine(code, "app.py"));
    }

    private Task<(int ExitCode, string Output, string Error)> DeployAsync(params string[] more) =>
        RunAsync(["deploy", "--from", At("site.esb"), "-o", At("out"), "--env-file", At("there.env"), .. more]);

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
}
