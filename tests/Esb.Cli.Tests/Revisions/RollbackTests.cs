using Esb.Schema.Files;

namespace Esb.Cli.Tests.Revisions;

internal sealed class RollbackTests
{
    [Test]
    public async Task A_rollback_restores_the_files_byte_for_byte_and_can_be_rolled_back()
    {
        using var project = new RevisionFixture();
        project.Write(
            "config/routing.yml", "# ours\nroutes:   # spaces stay\n  - { path: /own,   function: orders }\n");
        await project.DeployAsync("orders", "good");
        var good = project.Files();
        await project.DeployAsync("orders", "bad");
        var bad = project.Files();
        var run = await project.EsbAsync("rollback");
        await Assert.That(run.ExitCode).IsEqualTo(0).Because(run.ToString());
        await Assert.That(run.Output).Contains("functions    ~ orders").And.Matches(
            @"Back to revision 2 in \d+\.\d s, configuration [0-9a-f]{8} is written as revision 4\. "
            + @"esb rollback undoes it\.");
        await Assert.That(project.Files()).IsEquivalentTo(good);
        await Assert.That(project.CodeOf("orders")).Contains("'good'");
        await Assert.That((await project.EsbAsync("rollback")).ExitCode).IsEqualTo(0);
        await Assert.That(project.Files()).IsEquivalentTo(bad);
        await Assert.That((await project.EsbAsync("rollback", "2")).ExitCode).IsEqualTo(0);
        await Assert.That(project.Files()).IsEquivalentTo(good);
        await Assert.That((await project.EsbAsync("history")).Output).Contains("esb rollback 2");
    }

    [Test]
    public async Task Functions_that_a_later_deploy_added_are_removed_and_their_table_stays()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var before = project.Files();
        await project.DeployAsync("receipts", "one");
        var run = await project.EsbAsync("rollback");
        await Assert.That(run.Output).Contains("- receipts").And.Contains("- GET /receipts   was receipts")
            .And.Contains("table receipts no longer named; what is stored there stays");
        await Assert.That(project.Files()).IsEquivalentTo(before);
        await Assert.That((await File.ReadAllLinesAsync(project.At("provisioned"))).Length).IsEqualTo(3);
    }

    [Test]
    public async Task Edited_files_go_back_to_the_latest_revision_and_the_edit_is_kept()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var before = project.Files();
        project.Write("config/functions.yml", "functions: }\n");
        var run = await project.EsbAsync("rollback");
        await Assert.That(run.ExitCode).IsEqualTo(0).Because(run.ToString());
        await Assert.That(project.Files()).IsEquivalentTo(before);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(project.Config, ".revisions/2/functions.yml")))
            .IsEqualTo("functions: }\n");

        var damaged = await project.EsbAsync("rollback", "2");
        await Assert.That(damaged.ExitCode).IsEqualTo(1);
        await Assert.That(damaged.Error).Contains(".revisions/2/functions.yml:1:")
            .And.Contains("1 error; nothing was changed.");
        await Assert.That(project.Files()).IsEquivalentTo(before);
    }

    [Test]
    [Arguments("functions.yml")]
    [Arguments("routing.yml")]
    [Arguments("resources.yml")]
    public async Task A_revision_that_was_changed_afterwards_is_refused(string file)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("orders", "two");
        var before = project.Files();
        await File.AppendAllTextAsync(Path.Combine(project.Config, ".revisions/1", file), "# changed\n");
        foreach (var more in new string[][] { [], ["--dry-run"] })
        {
            var run = await project.EsbAsync(["rollback", "1", .. more]);
            await Assert.That(run.ExitCode).IsEqualTo(1).Because(run.ToString());
            await Assert.That(run.Error).Contains("revision 1 is not what was deployed: a file in ");
        }

        await Assert.That(project.Files()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_revision_that_was_changed_afterwards_is_reported_by_diff_and_doctor()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("orders", "two");
        var before = await project.EsbAsync("diff", "1");
        await File.AppendAllTextAsync(Path.Combine(project.Config, ".revisions/1/routing.yml"), "# changed\n");

        var diff = await project.EsbAsync("diff", "1");
        var doctor = await project.EsbAsync("doctor");

        await Assert.That(before.Error).IsEmpty();
        await Assert.That(diff.ExitCode).IsEqualTo(0).Because(diff.ToString());
        await Assert.That(diff.Error).Contains("revision 1 is not what was deployed: a file in ");
        await Assert.That(doctor.Output)
            .Contains("revisions that are not what was deployed, since a file of theirs was changed: 1");
    }

    [Test]
    public async Task Missing_code_is_an_error_before_anything_changes()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var code = project.Code().Single();
        await project.DeployAsync("orders", "two");
        Directory.Delete(code, recursive: true);
        var before = project.Everything();
        foreach (var more in new string[][] { [], ["--dry-run"] })
        {
            var run = await project.EsbAsync(["rollback", .. more]);
            await Assert.That(run.ExitCode).IsEqualTo(1);
            await Assert.That(run.Error).IsEqualTo($"error: function 'orders' of revision 1: its code {code} is gone; "
                + "deploy its template again, or go back to another revision\n  nothing was changed\n");
        }

        await Assert.That(project.Everything().Where(e => !e.Contains(".deploy.lock", StringComparison.Ordinal)))
            .IsEquivalentTo(before.Where(e => !e.Contains(".deploy.lock", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Code_that_was_changed_after_staging_is_an_error_before_anything_changes()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var code = project.Code().Single();
        await project.DeployAsync("orders", "two");
        Change(code);
        var before = project.Files();
        foreach (var more in new string[][] { [], ["1"], ["--dry-run"] })
        {
            var run = await project.EsbAsync(["rollback", .. more]);
            await Assert.That(run.ExitCode).IsEqualTo(1).Because(run.ToString());
            await Assert.That(run.Error)
                .IsEqualTo($"error: function 'orders' of revision 1: its code {code} was changed after it was staged; "
                    + "deploy its template again, or go back to another revision\n  nothing was changed\n");
        }

        await Assert.That(project.Files()).IsEquivalentTo(before);
        await project.DeployAsync("orders", "one");
        await Assert.That(project.CodeOf("orders")).Contains("'one'");
        await Assert.That(Path.GetFileName(project.Code().Single(c => c != code
            && File.ReadAllText(Path.Combine(c, "app.py")).Contains("'one'", StringComparison.Ordinal))))
            .EndsWith("-2");
    }

    [Test]
    public async Task A_removal_cannot_be_undone_with_code_that_was_changed_meanwhile()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("receipts", "two");
        await Assert.That((await project.EsbAsync("remove", "receipts", "--yes")).ExitCode).IsEqualTo(0);
        var code = project.Code().Single(c => c.Contains("/receipts/", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(code, "sitecustomize.py"), "");
        var run = await project.EsbAsync("rollback");
        await Assert.That(run.ExitCode).IsEqualTo(1).Because(run.ToString());
        await Assert.That(run.Error)
            .Contains($"function 'receipts' of revision 2: its code {code} was changed after it was staged");
    }

    [Test]
    public async Task Changed_code_that_is_served_already_is_reported_and_does_not_prevent_a_rollback()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var code = project.Code().Single();
        await project.DeployAsync("receipts", "one");
        await project.DeployAsync("receipts", "two");
        Change(code);
        var run = await project.EsbAsync("rollback");
        await Assert.That(run.ExitCode).IsEqualTo(0).Because(run.ToString());
        await Assert.That(run.Error).Contains("warning: function 'orders' of revision 2: "
            + $"its code {code} was changed after it was staged; it is already served");
        await Assert.That((await project.EsbAsync("doctor")).Output)
            .Contains("the staged code of these functions was changed: orders");
    }

    [Test]
    public async Task A_dry_run_shows_each_change_and_touches_nothing()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("orders", "two");
        var before = project.Everything();
        var run = await project.EsbAsync("rollback", "--dry-run", "--exit-code");
        await Assert.That(run.ExitCode).IsEqualTo(3);
        await Assert.That(run.Output).Contains("~  functions.yml  function orders")
            .And.Contains("Dry run: nothing was changed. Going back to revision 1");
        await Assert.That((await project.JsonAsync("rollback", "--dry-run")).GetProperty("to").GetInt32()).IsEqualTo(1);
        await Assert.That(project.Everything()).IsEquivalentTo(before);
    }

    [Test]
    public async Task A_provisioner_that_fails_leaves_files_and_history_as_they_were()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("orders", "two");
        var before = project.Files();
        project.Write("provisioner-exit", "3");
        var run = await project.EsbAsync("rollback");
        await Assert.That(run.ExitCode).IsEqualTo(1);
        await Assert.That(run.Error).Contains("esb-provisioner ended with exit code 3");
        await Assert.That(project.Files()).IsEquivalentTo(before);
        await Assert.That(await project.NumbersAsync()).IsEquivalentTo([2, 1]);
    }

    [Test]
    public async Task A_file_that_did_not_exist_becomes_an_empty_document_since_a_gateway_ignores_its_absence()
    {
        using var project = new RevisionFixture();
        project.Write("config/routing.yml", "routes: []\n");
        await project.DeployAsync("orders", "one");
        await Assert.That((await project.EsbAsync("rollback", "1")).ExitCode).IsEqualTo(0);
        await Assert.That(project.Files()["routing.yml"]).IsEqualTo("routes: []\n");
        await Assert.That(project.Files()["functions.yml"]).IsEqualTo("{}\n");
    }

    [Test]
    public async Task A_rollback_to_the_current_revision_does_nothing_and_one_without_an_earlier_revision_says_so()
    {
        using var project = new RevisionFixture();
        await Assert.That((await project.EsbAsync("rollback")).Error).IsEqualTo(
            "error: there is no revision to go back to; each esb deploy adds one; esb history lists them\n");
        await Assert.That(Directory.Exists(project.Config)).IsFalse();
        await project.DeployAsync("orders", "one");
        await Assert.That((await project.EsbAsync("rollback")).Error).IsEqualTo("error: revision 1 is the content of "
            + "the files, and there is none before it; each esb deploy adds one; esb history lists them\n");
        await Assert.That((await project.EsbAsync("rollback", "1")).Output)
            .StartsWith("Nothing to do, revision 1 is the content of the files");
        await Assert.That(await project.NumbersAsync()).IsEquivalentTo([1]);
    }

    [Test]
    public async Task With_an_environment_a_rollback_undoes_nothing_of_another_one()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one", "--env", "prod");
        await project.DeployAsync("orders", "two", "--env", "prod");
        project.Mark("test");
        await project.DeployAsync("receipts", "one", "--env", "test");
        project.Mark("prod");
        var refused = await project.EsbAsync("rollback", "1", "--env", "prod");
        await Assert.That(refused.ExitCode).IsEqualTo(1);
        await Assert.That(refused.Error).Contains("would undo a deploy of environment 'test' too (revision 3, ");
        await Assert.That((await project.EsbAsync("rollback", "2")).ExitCode).IsEqualTo(0);
        await Assert.That((await project.EsbAsync("history", "--env", "test")).Error)
            .Contains("configuration of environment 'prod', not of 'test'; nothing was changed");
    }

    [Test]
    public async Task Concurrent_deploys_and_rollbacks_leave_the_files_of_the_latest_revision_and_no_number_twice()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("first", "one");
        await project.DeployAsync("first", "two");
        var deploys = Enumerable.Range(0, 6)
            .Select(i => Task.Run(() => project.DeployAsync($"team-{i}", "x", "-o", project.At($"out-{i}"))));
        var rollbacks = Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            var run = await project.EsbAsync(
                "rollback", (1 + (i % 2)).ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (run.ExitCode != 0)
                throw new InvalidOperationException(run.ToString());
        }));
        await Task.WhenAll([.. deploys, .. rollbacks]);
        var history = await project.JsonAsync("history");
        await Assert.That(history.GetProperty("edited").GetBoolean()).IsFalse();
        var numbers = await project.NumbersAsync();
        await Assert.That(numbers).IsEquivalentTo(Enumerable.Range(1, numbers.Count).Reverse());
        foreach (var folder in numbers.Select(n => Path.Combine(project.Config, ".revisions", $"{n}")))
            await Assert.That(ConfigurationFiles.Names.All(n => File.Exists(Path.Combine(folder, n)))).IsTrue()
                .Because(folder);
    }

    private static void Change(string code)
    {
        var file = Path.Combine(code, "app.py");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.AppendAllText(file, "# changed\n");
    }
}
