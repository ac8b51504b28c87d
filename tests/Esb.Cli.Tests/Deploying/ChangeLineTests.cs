using Esb.Cli.Deploying;

namespace Esb.Cli.Tests.Deploying;

internal sealed class ChangeLineTests
{
    [Test]
    public async Task Lines_say_what_is_added_replaced_and_left_as_it_is()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("receipts", path: "/shared"));
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders", path: "/mine"));
        var changed = DeployTransaction.Plan(folder.Folder, ConfigurationFixture.Incoming("orders", revision: "00000002", path: "/shared"));
        await Assert.That(Lines(changed)).IsEqualTo("functions: ~ orders\nroutes: ~ GET /shared   was receipts, now orders");
        var same = DeployTransaction.Plan(folder.Folder, ConfigurationFixture.Incoming("orders", path: "/mine"));
        await Assert.That(Lines(same)).IsEqualTo("functions: = orders");
        var fresh = DeployTransaction.Plan(folder.Folder, ConfigurationFixture.Incoming("new"));
        await Assert.That(Lines(fresh)).IsEqualTo("tables: + new\nfunctions: + new\nroutes: + GET /new   → new");
    }

    private static string Lines(DeployPlan plan) => string.Join('\n', ChangeLines.Of(plan, all: false).Select(l => $"{l.Label}: {l.Text}"));
}
