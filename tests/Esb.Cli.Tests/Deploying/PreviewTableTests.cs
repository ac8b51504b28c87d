using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;

namespace Esb.Cli.Tests.Deploying;

internal sealed class PreviewTableTests
{
    [Test]
    public async Task A_first_deploy_shows_each_key_as_added_with_its_file()
    {
        using var folder = new ConfigurationFixture();
        var plan = await new DeployTransaction(folder.Folder, null)
            .PlanAsync(ConfigurationFixture.Incoming("orders"), CancellationToken.None);
        await Assert.That(string.Join('\n', PreviewTable.Lines(plan, all: false, width: 100))).IsEqualTo(
            """
               FILE           KEY                CHANGE
            +  resources.yml  table orders       added
            +  functions.yml  function orders    added
            +  routing.yml    route GET /orders  → orders
            """);
    }

    [Test]
    public async Task A_later_deploy_shows_what_changes_in_an_entry_and_whose_route_it_takes_over()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        await folder.DeployAsync(ConfigurationFixture.Incoming("receipts"));
        var plan = await new DeployTransaction(folder.Folder, null).PlanAsync(
            ConfigurationFixture.Incoming("receipts", revision: "00000002", path: "/orders"), CancellationToken.None);
        await Assert.That(string.Join('\n', PreviewTable.Lines(plan, all: false, width: 100))).IsEqualTo(
            """
               FILE           KEY                CHANGE
            ~  functions.yml  function receipts  revision 00000001 → 00000002
            ~  routing.yml    route GET /orders  was orders, now receipts
            """);
        await Assert.That(PreviewTable.Unchanged(plan)).IsEqualTo("1 unchanged");
    }

    [Test]
    public async Task Nothing_to_do_has_no_lines_at_all()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        var plan = await new DeployTransaction(folder.Folder, null)
            .PlanAsync(ConfigurationFixture.Incoming("orders"), CancellationToken.None);
        await Assert.That(PreviewTable.Lines(plan, all: true, width: 100)).IsEmpty();
    }

    [Test]
    public async Task Defaults_of_a_template_are_added_where_absent_and_kept_ones_are_shown_without_secrets()
    {
        using var project = new Revisions.RevisionFixture();
        project.Write("orders/src/app.py", "def handler(event, context): return 1\n");
        project.Write(
            "orders/template.yaml",
            "Transform: AWS::Serverless-2016-10-31\nMetadata:\n  ESB:\n    Defaults:\n      environment: { LOG_LEVEL: "
                + "password-1, TZ: UTC }\n      timeout: 10\n      memory_size: 256\n"
            + "Resources:\n  F: { Type: AWS::Serverless::Function, Properties: { FunctionName: orders, CodeUri: src/, "
            + "Handler: app.handler, Runtime: python3.12 } }\n");
        project.Write(
            "config/functions.yml",
            "defaults:\n  environment: { LOG_LEVEL: password-2 }\n  timeout: 30\nfunctions: {}\n");
        string[] deploy = ["deploy", "-t", project.At("orders/template.yaml"), "-o", project.At("out")];
        var dry = await project.EsbAsync([.. deploy, "--dry-run"]);
        foreach (var row in new[]
        {
            "= functions.yml default environment.LOG_LEVEL stays as it is; the template says something else",
            "+ functions.yml default environment.TZ added",
            "= functions.yml default timeout stays 30; the template says 10",
            "+ functions.yml default memory_size added",
        })
            await Assert.That(string.Join(' ', dry.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
                .Contains(row);
        await Assert.That(dry.Output).DoesNotContain("password-");
        await Assert.That((await project.EsbAsync(deploy)).Output)
            .Contains("= environment.LOG_LEVEL stays   + environment.TZ   = timeout stays   + memory_size");
        await Assert.That(project.Files()["functions.yml"]).Contains("LOG_LEVEL: password-2").And.Contains(
            "TZ: UTC").And.Contains("timeout: 30").And.Contains("memory_size: 256").And.DoesNotContain("password-1");
        var again = await project.EsbAsync([.. deploy, "--dry-run", "--exit-code"]);
        await Assert.That(again.ExitCode).IsEqualTo(0).Because(again.ToString());
    }
}
