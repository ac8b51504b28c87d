using Esb.Cli.Tests.Platform;
using Esb.Cli.Tests.Revisions;

namespace Esb.Cli.Tests.Environments;

internal sealed class EnvironmentMarkTests
{
    [Test]
    public async Task The_first_deploy_with_an_environment_marks_the_platform_and_one_for_another_changes_nothing()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await Assert.That(Mark(project)).IsNull();
        await project.DeployAsync("orders", "one", "--env", "prod");
        await Assert.That(Mark(project)).IsEqualTo("prod\n");
        var before = project.Everything();
        var refused = await project.EsbAsync(
            "deploy", "-t", project.At("orders/template.yaml"), "-o", project.At("out"), "--env", "dev");
        await Assert.That(refused.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(refused.Error).IsEqualTo(
            $"error: CONFIG_DIR '{project.Config}' is the configuration of environment 'prod', not of 'dev'; "
                + "nothing was changed; leave out CONFIG_DIR and --config-dir, so that each environment has its own, "
                + "or name another folder\n");
        await Assert.That(project.Everything()).IsEquivalentTo(before);
        await project.DeployAsync("receipts", "one");
        await Assert.That((await project.JsonAsync("history")).GetProperty("revisions")[0].GetProperty("environment")
            .GetString()).IsEqualTo("prod");
    }

    [Test]
    [Arguments("list")]
    [Arguments("history")]
    [Arguments("diff 1")]
    [Arguments("rollback")]
    [Arguments("prune")]
    [Arguments("remove orders --yes")]
    [Arguments("status")]
    [Arguments("routes")]
    [Arguments("logs")]
    [Arguments("invoke orders")]
    [Arguments("doctor")]
    [Arguments("up")]
    [Arguments("upgrade")]
    [Arguments("down")]
    [Arguments("support-bundle")]
    public async Task Every_command_that_uses_a_platform_refuses_another_environment(string command)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one", "--env", "prod");
        var before = project.Everything();
        var refused = await project.EsbAsync([.. command.Split(' '), "--env", "dev"]);
        await Assert.That(refused.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(refused.Error)
            .Contains("is the configuration of environment 'prod', not of 'dev'; nothing was changed");
        await Assert.That(project.Everything()).IsEquivalentTo(before);
    }

    [Test]
    [Arguments("list")]
    [Arguments("list --env dev")]
    [Arguments("remove orders --yes")]
    [Arguments("remove orders --yes --env prod")]
    [Arguments("rollback --env dev")]
    [Arguments("up --env dev")]
    public async Task An_unreadable_mark_may_be_that_of_any_environment(string command)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one", "--env", "prod");
        var mark = Path.Combine(project.Config, ".environment");
        File.Delete(mark);
        Directory.CreateDirectory(mark);
        var before = project.Everything();
        var refused = await project.EsbAsync(command.Split(' '));
        await Assert.That(refused.ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(refused.Error).Contains(
            $"error: the environment of {project.Config} is unknown: '{mark}' is a folder, not a file; "
                + "nothing was changed");
        await Assert.That((await project.EsbAsync(Deploy(project, "dev"))).Error).Contains("is unknown: ");
        await Assert.That(project.Everything()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_failed_deploy_or_a_dry_run_marks_nothing()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await Assert.That((await project.EsbAsync(Deploy(project, "prod", "--dry-run"))).ExitCode)
            .IsEqualTo(ExitCode.Done);
        await Assert.That(Mark(project)).IsNull();
        project.Write("provisioner-exit", "1");
        await Assert.That((await project.EsbAsync(Deploy(project, "prod"))).ExitCode).IsEqualTo(ExitCode.Failure);
        await Assert.That(Mark(project)).IsNull();
    }

    [Test]
    public async Task Of_two_concurrent_first_deploys_one_marks_the_platform_and_the_other_is_refused()
    {
        using var project = new RevisionFixture();
        project.Settings("ESB_KEEP_REVISIONS=3\n");
        await project.DeployAsync("orders", "one");
        LocalPlatform.Run[] runs = await Task.WhenAll(
            new[] { "prod", "dev" }.Select(name => Task.Run(() => project.EsbAsync(Deploy(project, name)))));
        await Assert.That(runs.Select(run => run.ExitCode).Order()).IsEquivalentTo([ExitCode.Done, ExitCode.Failure]);
        await Assert.That(Mark(project)).IsEqualTo(runs[0].ExitCode == ExitCode.Done ? "prod\n" : "dev\n");
    }

    private static string[] Deploy(RevisionFixture project, string environment, params string[] more) =>
        [
            "deploy", "-t", project.At("orders/template.yaml"), "-o", project.At($"out-{environment}"), "--env",
            environment, .. more,
        ];

    private static string? Mark(RevisionFixture project) => File.Exists(Path.Combine(project.Config, ".environment"))
        ? File.ReadAllText(Path.Combine(project.Config, ".environment"))
        : null;
}
