using System.Text.Json;
using Esb.Schema.Files;

namespace Esb.Cli.Tests.Revisions;

internal sealed class HistoryTests
{
    [Test]
    public async Task Each_deploy_that_writes_is_a_revision_and_one_with_nothing_to_do_is_not()
    {
        using var project = new RevisionFixture();
        await Assert.That((await project.EsbAsync("history")).Output).StartsWith("No revisions yet in ");
        await project.DeployAsync("orders", "one", "--env", "prod");
        await project.DeployAsync("orders", "two", "--env", "prod");
        await project.DeployAsync("orders", "two", "--env", "prod");
        var history = await project.JsonAsync("history");
        var revisions = history.GetProperty("revisions").EnumerateArray().ToList();
        await Assert.That(revisions.Select(r => r.GetProperty("revision").GetInt32())).IsEquivalentTo([2, 1]);
        await Assert.That(revisions.Select(r => r.GetProperty("current").GetBoolean())).IsEquivalentTo([true, false]);
        await Assert.That(revisions[0].GetProperty("environment").GetString()).IsEqualTo("prod");
        await Assert.That(revisions[0].GetProperty("templates")[0].GetString())
            .IsEqualTo(project.At("orders/template.yaml"));
        await Assert.That(revisions[0].GetProperty("changes").GetProperty("function").GetProperty("replaced")
            .GetInt32()).IsEqualTo(1);
        var files = project.Files();
        await Assert.That(revisions[0].GetProperty("configuration").GetString())
            .IsEqualTo(ConfigurationHash.Of(
                System.Text.Encoding.UTF8.GetBytes(files["functions.yml"]),
                System.Text.Encoding.UTF8.GetBytes(files["routing.yml"])));
    }

    [Test]
    public async Task The_table_marks_the_current_revision_and_counts_what_changed()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("receipts", "one");
        var lines = (await project.EsbAsync("history")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(lines.Length).IsEqualTo(3);
        await Assert.That(lines[0]).Matches(@"^ +REV +WHEN +COMMAND +ENV +APPLICATION +CONFIGURATION +CHANGES$");
        await Assert.That(lines[1]).Matches(
            @"^\*  2 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +esb deploy -t .*/receipts/template\.yaml +dev +receipts +"
            + @"[0-9a-f]{8} +tables \+1, functions \+1, routes \+1$");
        await Assert.That(lines[2]).Matches(@"^ +1 ");
    }

    [Test]
    public async Task Files_that_were_edited_are_shown_as_current_and_kept_by_the_next_deploy_byte_for_byte()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await File.AppendAllTextAsync(Path.Combine(project.Config, "routing.yml"), "# by hand,  two  spaces\n");
        var edited = project.Files();
        await Assert.That((await project.EsbAsync("history")).Output).Contains("*  -    ")
            .And.Contains("edited since revision 1");
        await Assert.That((await project.JsonAsync("history")).GetProperty("edited").GetBoolean()).IsTrue();
        await project.DeployAsync("orders", "two");
        await Assert.That(await project.NumbersAsync()).IsEquivalentTo([3, 2, 1]);
        await Assert.That((await project.EsbAsync("history")).Output).Contains("found: edited by hand");
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(project.Config, ".revisions/2/routing.yml")))
            .IsEqualTo(edited["routing.yml"]);
    }

    [Test]
    public async Task The_files_from_before_revisions_were_kept_are_the_first_one()
    {
        using var project = new RevisionFixture();
        project.Write("config/routing.yml", "routes: []   # mine\n");
        await project.DeployAsync("orders", "one");
        await Assert.That(await project.NumbersAsync()).IsEquivalentTo([2, 1]);
        await Assert.That(await File.ReadAllTextAsync(Path.Combine(project.Config, ".revisions/1/routing.yml")))
            .IsEqualTo("routes: []   # mine\n");
        await Assert.That(File.Exists(Path.Combine(project.Config, ".revisions/1/functions.yml"))).IsFalse();
    }

    [Test]
    public async Task Only_the_configured_number_of_revisions_is_kept_and_numbers_continue()
    {
        using var project = new RevisionFixture();
        project.Settings("ESB_KEEP_REVISIONS=3\n");
        for (var i = 0; i < 5; i++)
            await project.DeployAsync("orders", $"version {i}");
        await Assert.That(await project.NumbersAsync()).IsEquivalentTo([5, 4, 3]);
        await Assert.That(project.Code().Count).IsEqualTo(5).Because("a deploy never cleans code");
        project.Settings("ESB_KEEP_REVISIONS=many\n");
        var refused = await project.EsbAsync("history");
        await Assert.That((refused.ExitCode, refused.Error))
            .IsEqualTo((2, "error: ESB_KEEP_REVISIONS is 'many'; allowed: a number of revisions from 1 to 1000\n"));
    }

    [Test]
    public async Task Revisions_have_the_permissions_of_the_files_that_they_copy()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await Assert.That(File.GetUnixFileMode(Path.Combine(project.Config, "routing.yml")))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(
            Path.Combine(project.Config, "routing.yml"),
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        await project.DeployAsync("orders", "two");
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        await Assert.That(File.GetUnixFileMode(Path.Combine(project.Config, ".revisions")) & Others)
            .IsEqualTo(UnixFileMode.None);
        await Assert.That(File.GetUnixFileMode(Path.Combine(project.Config, ".revisions/2/functions.yml")))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await Assert.That(File.GetUnixFileMode(Path.Combine(project.Config, ".revisions/2/routing.yml")))
            .IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    [Test]
    public async Task A_comparison_has_the_form_of_a_dry_run_and_shows_no_secret()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("orders", "two");
        await project.DeployAsync("receipts", "one");
        var diff = await project.EsbAsync("diff", "1", "--verbose");
        await Assert.That(diff.Output)
            .Contains("~  functions.yml  function orders")
            .And.Contains("environment.SECRET changed")
            .And.Contains("+  routing.yml    route GET /receipts")
            .And.Contains("→ receipts");
        await Assert.That(diff.Output).Matches(
            @"From revision 1 \([0-9a-f]{8}\) to the content of the files \([0-9a-f]{8}\): "
            + @"tables \+1, functions \+1 ~1, routes \+1\.\n$");
        await Assert.That(diff.Output).DoesNotContain("secret-of");
        await Assert.That((await project.EsbAsync("diff", "3", "2")).Output)
            .Contains("-  functions.yml  function receipts")
            .And.Contains("no longer named; the table itself stays");
        await Assert.That((await project.EsbAsync("diff", "3", "--exit-code")).ExitCode).IsEqualTo(0);
        await Assert.That((await project.EsbAsync("diff", "2", "--exit-code")).ExitCode).IsEqualTo(3);
        var json = await project.JsonAsync("diff", "2", "3");
        await Assert.That(json.GetProperty("to").GetProperty("revision").GetInt32()).IsEqualTo(3);
        await Assert.That(json.GetProperty("changes").EnumerateArray()
            .Select(c => $"{c.GetProperty("kind")} {c.GetProperty("key")}")).Contains("added receipts");
    }

    [Test]
    [Arguments("diff", "9", 1, "error: there is no revision 9; esb history lists the existing ones, 1 to 1\n")]
    [Arguments("diff", "last", 2, "error: 'last' is not a revision; give a number that esb history lists\n")]
    [Arguments("rollback", "9", 1, "error: there is no revision 9; esb history lists the existing ones, 1 to 1\n")]
    [Arguments("rollback", "-1", 2, null)]
    public async Task An_unknown_revision_is_an_error_of_one_line_with_a_remedy(
        string command,
        string revision,
        int exitCode,
        string? error)
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        var run = await project.EsbAsync(command, revision);
        await Assert.That(run.ExitCode).IsEqualTo(exitCode);
        await Assert.That(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length).IsEqualTo(1);
        if (error is not null)
            await Assert.That(run.Error).IsEqualTo(error);
    }

    [Test]
    public async Task A_shell_completes_the_numbers_of_revisions()
    {
        using var project = new RevisionFixture();
        await project.DeployAsync("orders", "one");
        await project.DeployAsync("orders", "two");
        var line = $"esb rollback --env-file {project.At("settings.env")} ";
        var run = await Platform.LocalPlatform.RunAsync($"[suggest:{line.Length}]", line);
        await Assert.That(run.Output.Split('\n')).Contains("1").And.Contains("2");
    }
}
