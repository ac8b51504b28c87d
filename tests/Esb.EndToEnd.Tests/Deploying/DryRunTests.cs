using System.Text.Json;
using Esb.EndToEnd.Tests.Deploying.Faults;

namespace Esb.EndToEnd.Tests.Deploying;

internal sealed class DryRunTests
{
    [Test]
    public async Task A_dry_run_prints_the_changes_and_touches_nothing_at_all()
    {
        using var workshop = new Workshop("echo ran >> provisioned");
        var template = workshop.Template("orders");
        var before = Entries(workshop);
        var result = await workshop.DeployAsync(template, "--dry-run");
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(result.Output).Contains("+  functions.yml  function orders").And.Contains("→ orders")
            .And.Contains("Dry run: nothing was changed.");
        await Assert.That(Entries(workshop)).IsEquivalentTo(before);
    }

    [Test]
    public async Task The_exit_code_of_a_dry_run_says_whether_there_is_something_to_do()
    {
        using var workshop = new Workshop();
        var template = workshop.Template("orders");
        await Assert.That((await workshop.DeployAsync(template, "--dry-run", "--exit-code")).ExitCode).IsEqualTo(3);
        await workshop.DeployAsync(template);
        var done = await workshop.DeployAsync(template, "--dry-run", "--exit-code");
        await Assert.That(done.ExitCode).IsEqualTo(0);
        await Assert.That(done.Output).Contains("nothing to do");
        await Assert.That((await workshop.DeployAsync(template, "--exit-code")).ExitCode).IsEqualTo(2);
    }

    [Test]
    public async Task With_json_a_dry_run_prints_one_document_with_each_change_and_no_secret()
    {
        using var workshop = new Workshop();
        await workshop.DeployAsync(workshop.Template("orders", "first-secret"));
        var result = await workshop.DeployAsync(
            workshop.Template("orders", "second-secret"), "--dry-run", "--json", "--exit-code");
        await Assert.That(result.ExitCode).IsEqualTo(3);
        await Assert.That(result.Output).DoesNotContain("-secret");
        using var json = JsonDocument.Parse(result.Output);
        await Assert.That(json.RootElement.GetProperty("changed").GetBoolean()).IsTrue();
        var change = json.RootElement.GetProperty("changes").EnumerateArray().Single(
            c => c.GetProperty("key").GetString() == "orders" && c.GetProperty("section").GetString() == "function");
        await Assert.That(change.GetProperty("kind").GetString()).IsEqualTo("replaced");
        await Assert.That(change.GetProperty("differences").EnumerateArray()
            .Select(d => d.GetProperty("path").GetString()!)).Contains("environment.VALUE");
    }

    [Test]
    public async Task Several_templates_are_one_deploy_and_the_later_one_takes_precedence()
    {
        using var workshop = new Workshop();
        var result = await workshop.DeployAsync(workshop.Template("orders"), "-t", workshop.Template("receipts"));
        await Assert.That(result.ExitCode).IsEqualTo(0).Because(result.ToString());
        await Assert.That(workshop.Keys())
            .IsEquivalentTo([.. Workshop.KeysOf("orders"), .. Workshop.KeysOf("receipts")]);
    }

    [Test]
    public async Task A_deploy_with_nothing_changed_writes_only_its_name_into_the_lock()
    {
        using var workshop = new Workshop();
        var template = workshop.Template("orders");
        await workshop.DeployAsync(template);
        await workshop.DeployAsync(template);
        var before = Entries(workshop).Where(e => !IsNote(e)).ToList();
        var result = await workshop.DeployAsync(template);
        await Assert.That(result.Output).StartsWith("Nothing to do");
        await Assert.That(Entries(workshop).Where(e => !IsNote(e))).IsEquivalentTo(before);
    }

    // The name of the holder in the lock, and the hashes of code that was unchanged for a second, so that the next
    // deploy need not read it.
    private static bool IsNote(string entry) =>
        entry.Contains(".deploy.lock", StringComparison.Ordinal)
            || entry.Contains("/state/default/cache", StringComparison.Ordinal)
            || entry.Contains("/state/default ", StringComparison.Ordinal);

    private static List<string> Entries(Workshop workshop) =>
        [
            .. new DirectoryInfo(workshop.Root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
                .Select(e => $"{e.FullName} {e.LastWriteTimeUtc:O} {(e as FileInfo)?.Length}"),
        ];
}
