using Esb.Cli.Platform;
using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Platform;

internal sealed class StartPlanTests
{
    [Test]
    public async Task Everything_else_starts_at_once_and_the_gateway_afterwards()
    {
        var plan = StartPlan.Of(Settings(), []);
        await Assert.That(Text(plan)).IsEqualTo("Stores Agent | Gateway");
        await Assert.That(Text(plan.Reversed())).IsEqualTo("Gateway | Stores Agent");
    }

    [Test]
    public async Task Stores_are_started_unless_the_user_provides_all_of_them()
    {
        var own = Settings() with { DatabaseEndpoint = new Uri("http://db:8000") };
        var addresses = PlatformAddresses.Of(own, "");
        await Assert.That(Text(StartPlan.Of(own, []))).IsEqualTo("Stores Agent | Gateway");
        await Assert.That(addresses.Database).IsEqualTo(own.DatabaseEndpoint);
        await Assert.That(addresses.ObjectStore).IsEqualTo(new Uri("http://127.0.0.1:9000"));
        own = own with { ObjectStoreEndpoint = new Uri("http://s3:9000") };
        await Assert.That(Text(StartPlan.Of(own, []))).IsEqualTo("Agent | Gateway");
    }

    [Test]
    public async Task Stores_of_an_earlier_version_keep_running_until_they_are_replaced()
    {
        await Assert.That(Text(StartPlan.Of(Settings(), [ComponentKind.EarlierDatabase])))
            .IsEqualTo("Agent | Gateway");
        var all = StartPlan.Of(Enum.GetValues<ComponentKind>().ToHashSet());
        await Assert.That(Text(all.Reversed()))
            .IsEqualTo("Gateway | Stores Agent EarlierObjectStore EarlierDatabase");
    }

    [Test]
    public async Task A_part_that_runs_already_is_not_started_again()
    {
        await Assert.That(Text(StartPlan.Of(Settings(), [ComponentKind.Stores, ComponentKind.Gateway])))
            .IsEqualTo("Agent");
        await Assert.That(StartPlan.Of(Settings(), Enum.GetValues<ComponentKind>()).IsEmpty).IsTrue();
    }

    [Test]
    public async Task A_part_that_runs_already_keeps_the_address_it_was_started_with()
    {
        var earlier = PlatformAddresses.Of(Settings(), "/old.sock");
        var moved = PlatformAddresses.Of(Settings() with { Ports = new PlatformPorts(1, 2, 3, 4) }, "/new.sock");
        var kept = moved.Keeping(earlier, [ComponentKind.EarlierDatabase, ComponentKind.Agent]);
        await Assert.That(kept.Database.Port).IsEqualTo(9000);
        await Assert.That(kept.AgentSocket).IsEqualTo("/old.sock");
        await Assert.That(kept.ObjectStore.Port).IsEqualTo(4);
        await Assert.That(kept.Gateway.Port).IsEqualTo(1);
        await Assert.That(kept.RuntimeApi).IsEqualTo(":2");
    }

    [Test]
    public async Task A_state_folder_with_a_long_path_gets_its_own_short_socket_path()
    {
        var usual = new StateFolder("/home/somebody/.local/state/esb/default");
        var longer = new StateFolder("/home/" + new string('x', 100) + "/default");
        var other = new StateFolder("/home/" + new string('y', 100) + "/default");
        await Assert.That(AgentSocket.Path(usual, "/run/user/1000"))
            .IsEqualTo("/home/somebody/.local/state/esb/default/run/agent.sock");
        await Assert.That(AgentSocket.Path(longer, "/run/user/1000")).StartsWith("/run/user/1000/esb-");
        await Assert.That(AgentSocket.Path(longer, "/run/" + new string('z', 100))).StartsWith("/tmp/esb-");
        await Assert.That(AgentSocket.Path(longer, null)).IsNotEqualTo(AgentSocket.Path(other, null));
    }

    private static PlatformSettings Settings() =>
        PlatformSettings.Read(new SettingSources(
            new Dictionary<string, string>(),
            name => name == "HOME" ? "/home/somebody" : null,
            new Dictionary<string, string>()));

    private static string Text(StartPlan plan) => string.Join(" | ", plan.Waves.Select(wave => string.Join(' ', wave)));
}
