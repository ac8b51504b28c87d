using System.Text.Json;
using Esb.Cli.Tests.Revisions;

namespace Esb.Cli.Tests.Deploying;

/// <summary>
/// A deploy into a folder with missing files while no gateway runs: what was served is found in revisions and in what
/// is baked in.
/// </summary>
internal sealed class MissingFileTests
{
    [Test]
    [Arguments("functions.yml", false)]
    [Arguments("functions.yml", true)]
    [Arguments("routing.yml", false)]
    [Arguments("resources.yml", false)]
    [Arguments("resources.yml", true)]
    public async Task A_deploy_continues_with_the_last_content_of_a_file_that_vanished(string name, bool isEmptied)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        Vanish(project, name, isEmptied);
        await project.DeployAsync("receipts", "one");
        foreach (var (file, text) in project.Files())
            await Assert.That(text).Contains(file == "functions.yml" ? "\n  orders:\n" : "orders").And.Contains(
                "receipts").Because(file);
        await Assert.That((await project.NumbersAsync()).Count).IsEqualTo(2);
    }

    [Test]
    [Arguments("functions.yml", "\n")]
    [Arguments("routing.yml", "# gone\n")]
    [Arguments("resources.yml", "---\nnull\n")]
    [Arguments("functions.yml", "\uFEFF")]
    [Arguments("functions.yml", "functions:\n")]
    [Arguments("functions.yml", "functions: null\n")]
    [Arguments("routing.yml", "routes:\n")]
    [Arguments("resources.yml", "resources:\n  dynamodb:\n")]
    [Arguments("resources.yml", "version: 1\n")]
    public async Task A_file_without_content_is_treated_like_one_that_vanished(string name, string text)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await File.WriteAllTextAsync(Path.Combine(project.Config, name), text);
        await project.DeployAsync("receipts", "one");
        await Assert.That(project.Files()[name]).Contains("orders").And.Contains("receipts");
    }

    [Test]
    public async Task All_three_missing_files_are_restored_and_the_deploy_says_from_where()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        foreach (var name in project.Files().Keys)
            Vanish(project, name, isEmptied: false);
        var before = project.Everything();
        var dry = await project.EsbAsync("deploy", "-t", project.At("orders/template.yaml"), "--dry-run");
        await Assert.That(dry.Output)
            .Contains("resources.yml, functions.yml, routing.yml, missing or empty in the folder: from revision 1")
            .And.Contains("Configuration would be");
        await Assert.That(project.Everything()).IsEquivalentTo(before);

        var deploy = await project.EsbAsync(
            "deploy", "-t", project.At("orders/template.yaml"), "-o", project.At("out"));
        await Assert.That(deploy.Output).Contains("kept")
            .And.Contains("resources.yml, functions.yml, routing.yml, missing or empty in the folder: from revision 1");
        using var receipt = JsonDocument.Parse(await File.ReadAllTextAsync(project.At("out/receipt.json")));
        await Assert.That(receipt.RootElement.GetProperty("kept").EnumerateArray().Select(k => k.GetProperty("from")
            .GetString()!)).IsEquivalentTo(["revision 1", "revision 1", "revision 1"]);
        await Assert.That(project.Files()["functions.yml"]).Contains("orders");
    }

    [Test]
    public async Task A_deploy_without_changes_for_a_file_that_vanished_still_writes_it()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var before = project.Files();
        Vanish(project, "routing.yml", isEmptied: false);
        await project.DeployAsync("orders", "one");
        await Assert.That(project.Files()).IsEquivalentTo(before);
    }

    [Test]
    public async Task An_explicitly_empty_file_is_accepted_and_one_that_never_existed_is_not_missing()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        project.Write("config/functions.yml", "{}\n");
        await project.DeployAsync("receipts", "one");
        await Assert.That(project.Files()["functions.yml"]).DoesNotContain("  orders:").And.Contains("  receipts:");

        project.Write("plain/src/app.py", "def handler(event, context): return 1\n");
        project.Write(
            "plain/template.yaml",
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: { Type: AWS::Serverless::Function, Properties: "
                + "{ FunctionName: plain, CodeUri: src/, Handler: app.handler, Runtime: python3.12 } }\n");
        string[] deploy =
        [
            "deploy", "-t", project.At("plain/template.yaml"), "-o", project.At("out"), "--config-dir",
            project.At("elsewhere"),
        ];
        await project.EsbAsync(deploy);
        var again = await project.EsbAsync(deploy);
        await Assert.That(again.Output).Contains("Nothing to do").And.DoesNotContain("kept");
    }

    [Test]
    public async Task The_first_deploy_is_merged_into_what_is_baked_in_and_can_be_rolled_back_to_it()
    {
        using var project = new RevisionFixture();
        Bake(project);
        await project.DeployAsync("orders", "one");
        await Assert.That(project.Files()["functions.yml"]).Contains("baked:").And.Contains("orders:");
        await Assert.That(project.Files()["routing.yml"]).Contains("/baked").And.Contains("/orders");
        await Assert.That(project.Files()["resources.yml"]).Contains("baked-bucket").And.Contains("orders");
        await Assert.That((await project.EsbAsync("history")).Output).Contains("found:");
        await Assert.That((await project.EsbAsync("rollback", "1")).ExitCode).IsEqualTo(0);
        await Assert.That(project.Files()["functions.yml"]).Contains("baked:").And.DoesNotContain("orders:");
    }

    [Test]
    public async Task What_is_baked_in_is_not_used_if_the_folder_has_its_own_files()
    {
        using var project = new RevisionFixture();
        Bake(project);
        project.Write("config/functions.yml", "functions: {}\n");
        await project.DeployAsync("orders", "one");
        await Assert.That(project.Files()["functions.yml"]).DoesNotContain("baked:");
        await Assert.That(project.Files()["routing.yml"]).DoesNotContain("/baked");
    }

    [Test]
    public async Task A_revision_with_more_than_what_is_baked_in_takes_precedence()
    {
        using var project = new RevisionFixture();
        Bake(project);
        await project.DeployAsync("orders", "one");
        foreach (var name in project.Files().Keys)
            Vanish(project, name, isEmptied: false);
        await project.DeployAsync("receipts", "one");
        await Assert.That(project.Files()["functions.yml"]).Contains("baked:").And.Contains("orders:")
            .And.Contains("receipts:");
    }

    [Test]
    public async Task With_allow_loss_what_was_served_is_removed_reported_and_kept_as_a_revision()
    {
        using var project = new RevisionFixture();
        Bake(project);
        project.Write("orders/src/app.py", "def handler(event, context): return 1\n");
        await project.DeployAsync("receipts", "one", "--dry-run");
        var deploy = await project.EsbAsync(
            "deploy", "-t", project.At("receipts/template.yaml"), "-o", project.At("out"), "--allow-loss");
        await Assert.That(deploy.ExitCode).IsEqualTo(0).Because(deploy.ToString());
        await Assert.That(deploy.Error).Contains("warning: served until now, and gone with this deploy: "
            + "bucket baked-bucket, function baked, route GET /baked");
        await Assert.That(project.Files()["functions.yml"]).DoesNotContain("baked:").And.Contains("receipts:");
        await project.EsbAsync("rollback", "1");
        await Assert.That(project.Files()["functions.yml"]).Contains("baked:");
    }

    [Test]
    public async Task A_comparison_with_the_files_reports_that_one_is_missing()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await Assert.That((await project.EsbAsync("diff", "1")).Error).IsEmpty();
        Vanish(project, "functions.yml", isEmptied: true);
        await Assert.That((await project.EsbAsync("diff", "1")).Error)
            .Contains("warning: functions.yml is gone or empty; a running gateway keeps what it serves");
    }

    [Test]
    [Arguments(
        "functions.yml",
        "  orders:\n",
        "  orders:\n    hanlder: app.x\n",
        "function 'orders': the key 'hanlder' is not read")]
    [Arguments("routing.yml", "routes:", "owner: me\nroutes:", "routing.yml: the key 'owner' is not read")]
    [Arguments("resources.yml", "resources:", "resources:\n  queues: [ { Name: a } ]", "the key 'queues' is not read")]
    public async Task A_key_that_is_not_read_is_a_warning_of_a_deploy_and_an_error_of_a_strict_one(
        string name,
        string text,
        string instead,
        string message)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        project.Write($"config/{name}", project.Files()[name].Replace(text, instead, StringComparison.Ordinal));
        string[] deploy = ["deploy", "-t", project.At("orders/template.yaml"), "-o", project.At("out"), "--dry-run"];
        var warned = await project.EsbAsync(deploy);
        await Assert.That((warned.ExitCode, warned.Error.Contains(message, StringComparison.Ordinal)))
            .IsEqualTo((0, true))
            .Because(warned.ToString());
        var strict = await project.EsbAsync([.. deploy, "--strict"]);
        await Assert.That((strict.ExitCode, strict.Error.Contains(message, StringComparison.Ordinal)))
            .IsEqualTo((1, true))
            .Because(strict.ToString());
    }

    [Test]
    [Arguments("resources:\n  Tables: [ { TableName: orders } ]\n", "the key 'Tables' is not read")]
    [Arguments("resources:\n  dynamdb: []\n", "the key 'dynamdb' is not read")]
    [Arguments("dynamodb: [ { TableName: orders } ]\n", "'dynamodb' is one level too high")]
    public async Task A_typing_error_that_would_drop_tables_fails_a_deploy(string text, string message)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        project.Write("config/resources.yml", text);
        var deploy = await project.EsbAsync(
            "deploy", "-t", project.At("orders/template.yaml"), "-o", project.At("out"));
        await Assert.That((deploy.ExitCode, deploy.Error.Contains(message, StringComparison.Ordinal)))
            .IsEqualTo((1, true))
            .Because(deploy.ToString());
        await Assert.That(project.Files()["resources.yml"]).IsEqualTo(text);
    }

    [Test]
    public async Task An_inaccessible_configuration_folder_is_an_error_of_every_command_and_no_code_is_removed()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one", "--config-dir", project.At("elsewhere"));
        await project.DeployAsync("orders", "two");
        await project.DeployAsync("orders", "three");
        var code = project.Code();
        Directory.Move(project.At("elsewhere"), project.At("behind"));
        File.CreateSymbolicLink(project.At("elsewhere"), project.At("circle"));
        File.CreateSymbolicLink(project.At("circle"), project.At("elsewhere"));
        project.Write("in-circles.env", (await File.ReadAllTextAsync(project.At("settings.env")))
            .Replace("/config", "/elsewhere/config", StringComparison.Ordinal));
        foreach (string[] command in new[]
        {
            ["prune", "--keep", "1"], ["history"], new[] { "rollback" }, [
                "diff", "1",
            ], ["deploy", "-t", project.At("orders/template.yaml"), "-o", project.At("out")],
        })
        {
            var run = await Platform.LocalPlatform.RunAsync([.. command, "--env-file", project.At("in-circles.env")]);
            await Assert.That(run.ExitCode).IsEqualTo(1).Because($"{command[0]}: {run}");
        }

        await Assert.That(project.Code()).IsEquivalentTo(code);
    }

    private static void Vanish(RevisionFixture project, string name, bool isEmptied)
    {
        var path = Path.Combine(project.Config, name);
        if (isEmptied)
            File.WriteAllText(path, "");
        else
            File.Delete(path);
    }

    private static void Bake(RevisionFixture project)
    {
        project.Settings($"BAKED_CONFIG_DIR={project.At("baked")}\n");
        project.Write(
            "baked/functions.yml",
            "functions:\n  baked: { code: CODE, runtime: python3.12, handler: app.handler }\n".Replace(
                "CODE", project.At("baked"), StringComparison.Ordinal));
        project.Write("baked/routing.yml", "routes:\n  - { path: /baked, method: GET, function: baked }\n");
        project.Write("baked/resources.yml", "resources: { s3: [ { BucketName: baked-bucket } ] }\n");
    }
}
