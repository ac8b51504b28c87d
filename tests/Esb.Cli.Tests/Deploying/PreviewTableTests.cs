using Esb.Cli.Deploying.Reports;
using Esb.Cli.Deploying.Transaction;

namespace Esb.Cli.Tests.Deploying;

internal sealed class PreviewTableTests
{
    [Test]
    public async Task A_first_deploy_shows_each_key_as_added_with_its_file()
    {
        using var folder = new ConfigurationFixture();
        var plan = await new DeployTransaction(folder.Folder, null).PlanAsync(ConfigurationFixture.Incoming("orders"), CancellationToken.None);
        await Assert.That(string.Join('\n', PreviewTable.Lines(plan, all: false, width: 100))).IsEqualTo(
            """
               FILE           KEY                CHANGE
            +  resources.yml  table orders       added
            +  functions.yml  function orders    added
            +  routing.yml    route GET /orders  → orders
            """);
    }

    [Test]
    public async Task A_later_deploy_shows_what_is_different_inside_and_whose_route_it_takes()
    {
        using var folder = new ConfigurationFixture();
        await folder.DeployAsync(ConfigurationFixture.Incoming("orders"));
        await folder.DeployAsync(ConfigurationFixture.Incoming("receipts"));
        var plan = await new DeployTransaction(folder.Folder, null).PlanAsync(ConfigurationFixture.Incoming("receipts", revision: "00000002", path: "/orders"), CancellationToken.None);
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
        var plan = await new DeployTransaction(folder.Folder, null).PlanAsync(ConfigurationFixture.Incoming("orders"), CancellationToken.None);
        await Assert.That(PreviewTable.Lines(plan, all: true, width: 100)).IsEmpty();
    }
}
