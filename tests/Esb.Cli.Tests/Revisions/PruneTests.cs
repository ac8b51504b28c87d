using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Revisions;

internal sealed class PruneTests
{
    [Test]
    public async Task Only_code_that_no_kept_revision_names_is_removed_and_the_bytes_are_counted()
    {
        using var project = new RevisionFixture();
        foreach (var version in new[] { "one", "two", "three" })
            await project.DeployAsync("orders", version);
        var bytes = new FileInfo(Path.Combine(
            project.Code()
                .Single(c => File.ReadAllText(Path.Combine(c, "app.py")).Contains("'one'", StringComparison.Ordinal)),
            "app.py")).Length
            + 129; // Two SHA-256 hashes of what was staged, in hexadecimal.
        await Assert.That((await project.EsbAsync("prune")).Output).IsEqualTo("Nothing to remove; 3 revisions kept.\n");

        var before = project.Everything();
        var dry = await project.JsonAsync("prune", "--keep", "2", "--dry-run");
        await Assert.That(dry.GetProperty("code")[0].GetProperty("bytes").GetInt64()).IsEqualTo(bytes);
        await Assert.That(project.Everything().Where(IsNoLock)).IsEquivalentTo(before.Where(IsNoLock));

        var free = new DirectoryInfo(project.Root)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => f.Name != ".deploy.lock")
            .Sum(f => f.Length);
        var pruned = await project.JsonAsync("prune", "--keep", "2");
        await Assert.That(pruned.GetProperty("revisions").EnumerateArray().Select(r => r.GetInt32()))
            .IsEquivalentTo([1]);
        await Assert.That(pruned.GetProperty("freed_bytes").GetInt64()).IsEqualTo(free - new DirectoryInfo(project.Root)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => f.Name != ".deploy.lock")
            .Sum(f => f.Length));
        await Assert.That(project.Code().Select(c => File.ReadAllText(Path.Combine(c, "app.py"))).Order())
            .IsEquivalentTo(
                ["def handler(event, context): return 'three'\n", "def handler(event, context): return 'two'\n"]);
        await Assert.That((await project.EsbAsync("rollback")).ExitCode).IsEqualTo(0);
    }

    [Test]
    public async Task Code_that_another_configuration_folder_names_stays()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "shared", "--config-dir", project.At("elsewhere"));
        await project.DeployAsync("orders", "shared");
        await project.DeployAsync("orders", "own");
        await project.DeployAsync("orders", "latest");
        await project.EsbAsync("prune", "--keep", "1");
        await Assert.That(project.Code().Select(c => File.ReadAllText(Path.Combine(c, "app.py"))).Order())
            .IsEquivalentTo(
                ["def handler(event, context): return 'latest'\n", "def handler(event, context): return 'shared'\n"]);
        Directory.Delete(project.At("elsewhere"), recursive: true);
        await project.EsbAsync("prune", "--keep", "1");
        await Assert.That(project.Code().Count).IsEqualTo(1);
    }

    [Test]
    public async Task A_damaged_file_keeps_the_code_that_it_names()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var code = project.Code().Single();
        await project.DeployAsync("orders", "two");
        project.Write("config/functions.yml", $"functions: }}\n  orders: {{ code: {code}/below }}\n");
        await project.EsbAsync("prune", "--keep", "1");
        await Assert.That(Directory.Exists(code)).IsTrue();
        await Assert.That(project.Code().Count).IsEqualTo(2);
    }

    [Test]
    public async Task Code_that_a_process_runs_from_stays_although_no_file_names_it()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "run by a process");
        var code = project.Code().Single();
        await project.DeployAsync("orders", "two");
        var start =
            new System.Diagnostics.ProcessStartInfo("sleep", ["600"]) { Environment = { ["LAMBDA_TASK_ROOT"] = code } };
        using (var worker = System.Diagnostics.Process.Start(start)!)
        {
            try
            {
                await project.EsbAsync("prune", "--keep", "1");
                await Assert.That(Directory.Exists(code)).IsTrue();
            }
            finally
            {
                worker.Kill();
                await worker.WaitForExitAsync();
            }
        }

        await project.EsbAsync("prune", "--keep", "1");
        await Assert.That(Directory.Exists(code)).IsFalse();
    }

    [Test]
    public async Task A_prune_removes_nothing_during_a_build_or_a_deploy()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("orders", "two");
        var screen = new Screen(TextWriter.Null, TextWriter.Null, ScreenTraits.Plain);
        using (await StagedCodeUse.ShareAsync(
            new StateFolder(project.At("state/test")), screen, TimeSpan.Zero, CancellationToken.None))
        {
            var run = await project.EsbAsync("prune", "--keep", "1", "--lock-timeout", "50ms");
            await Assert.That(run.ExitCode).IsEqualTo(1);
            await Assert.That(run.Error).Contains("nothing was changed: waited")
                .And.Contains("for deploys and builds that are under way");
            await Assert.That(project.Code().Count).IsEqualTo(2);
            await project.DeployAsync("orders", "three");
        }

        using (await StagedCodeUse.AloneAsync(
            new StateFolder(project.At("state/test")), screen, TimeSpan.Zero, CancellationToken.None))
            await Assert.That((await project.EsbAsync("rollback", "--lock-timeout", "50ms")).Error)
                .Contains("for an esb prune");
        await project.EsbAsync("prune", "--keep", "1");
        await Assert.That(project.Code().Count).IsEqualTo(1);
    }

    [Test]
    public async Task Only_the_named_environment_is_pruned()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one", "--env", "prod");
        await project.DeployAsync("orders", "two", "--env", "prod");
        project.Mark("test");
        await project.DeployAsync("receipts", "one", "--env", "test");
        await project.DeployAsync("receipts", "two", "--env", "test");
        project.Mark("prod");
        await project.EsbAsync("prune", "--keep", "1", "--env", "prod");
        await Assert.That(Directory.GetDirectories(project.At("state/test/code/prod/orders")).Length).IsEqualTo(1);
        await Assert.That(Directory.GetDirectories(project.At("state/test/code/test/receipts")).Length).IsEqualTo(2);
    }

    [Test]
    public async Task Leftovers_of_a_killed_staging_or_prune_are_removed_too()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        project.Write("state/test/code/dev/orders/.staging-1-abc/app.py", "half");
        project.Write("config/.revisions/.unfinished-1-abc/functions.yml", "half");
        var pruned = await project.JsonAsync("prune");
        await Assert.That(pruned.GetProperty("code").GetArrayLength()).IsEqualTo(1);
        await Assert.That(project.Code().Count).IsEqualTo(1);
        await Assert.That(Directory.GetDirectories(project.At("config/.revisions"), ".unfinished*")).IsEmpty();
    }

    [Test]
    [Arguments("0")]
    [Arguments("1001")]
    [Arguments("all")]
    public async Task A_number_that_cannot_be_kept_is_refused(string keep)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var run = await project.EsbAsync("prune", "--keep", keep);
        await Assert.That((run.ExitCode, run.Error))
            .IsEqualTo((2, $"error: --keep is '{keep}'; allowed: a number of revisions from 1 to 1000\n"));
    }

    private static bool IsNoLock(string entry) => !entry.Contains("lock", StringComparison.Ordinal);
}
