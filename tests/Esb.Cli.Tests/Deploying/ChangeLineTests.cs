using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;


namespace Esb.Cli.Tests.Deploying;

internal sealed class ChangeLineTests
{
    [Test]
    public async Task Lines_say_what_is_added_replaced_and_left_as_it_is()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("receipts", path: "/shared"));
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders", path: "/mine"));
        var changed = await new DeployTransaction(folder.Folder, null).PlanAsync(ConfigurationFixture.Incoming("orders", revision: "00000002", path: "/shared"), CancellationToken.None);
        await Assert.That(Lines(changed)).IsEqualTo("functions: ~ orders\nroutes: ~ GET /shared   was receipts, now orders");
        var same = await new DeployTransaction(folder.Folder, null).PlanAsync(ConfigurationFixture.Incoming("orders", path: "/mine"), CancellationToken.None);
        await Assert.That(Lines(same)).IsEqualTo("functions: = orders");
        var fresh = await new DeployTransaction(folder.Folder, null).PlanAsync(ConfigurationFixture.Incoming("new"), CancellationToken.None);
        await Assert.That(Lines(fresh)).IsEqualTo("tables: + new\nfunctions: + new\nroutes: + GET /new   → new");
    }

    [Test]
    public async Task What_the_provisioner_did_takes_the_place_of_what_the_manifest_names()
    {
        using var folder = new ConfigurationFixture();
        var plan = await new DeployTransaction(folder.Folder, null).PlanAsync(ConfigurationFixture.Incoming("new"), CancellationToken.None);
        var made = StoreLines.Of(["table   new  created", "table   old  unchanged", "table   more  created", "bucket  b  created", "odd"], all: false);
        await Assert.That(string.Join('\n', ChangeLines.Of(plan, made, all: false).Take(3).Select(l => $"{l.Label}: {l.Text}")))
            .IsEqualTo("tables: new created · more created\nbuckets: b created\nstores: odd");
    }

    private static string Lines(DeployPlan plan) => string.Join('\n', ChangeLines.Of(plan, made: null, all: false).Select(l => $"{l.Label}: {l.Text}"));
}
