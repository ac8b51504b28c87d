using System.Net;
using System.Net.Sockets;
using Esb.Cli.Environments;
using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Environments;

internal sealed class EnvironmentPortTests
{
    [Test]
    public async Task The_first_environment_of_a_machine_has_the_default_ports()
    {
        using var machine = new Machine();
        var settings = Chosen(machine, "dev");
        await Assert.That(settings.Ports).IsEqualTo(new PlatformPorts(8080, 9001, 9002, 9000));
        await Assert.That(machine.Read("dev").Ports).IsEqualTo(settings.Ports);
    }

    [Test]
    public async Task Further_environments_have_other_ports_and_keep_them()
    {
        using var machine = new Machine().Started("default");
        var (dev, test) = (Chosen(machine, "dev"), Chosen(machine, "test"));
        List<int> all = [.. new[] { PlatformPorts.Default, dev.Ports, test.Ports }.SelectMany(
            ports => SettingNames.Ports.Select(ports.Of))];
        await Assert.That(all.Distinct().Count()).IsEqualTo(12);
        await Assert.That(machine.Read("dev").Ports).IsEqualTo(dev.Ports);
        await Assert.That(EnvironmentPorts.AreKnown(dev)).IsTrue();
    }

    [Test]
    public async Task A_port_that_is_in_use_is_not_chosen()
    {
        using var machine = new Machine().Started("default");
        var first = Chosen(machine, "dev").Ports.Gateway;
        Directory.Delete(machine.At("state/dev"), recursive: true);
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, first));
        other.Listen();
        await Assert.That(Chosen(machine, "dev").Ports.Gateway).IsGreaterThan(first);
    }

    [Test]
    public async Task A_port_that_is_given_is_used()
    {
        using var machine = new Machine().Started("default");
        machine.Settings[SettingNames.GatewayPort] = "18080";
        await Assert.That(Chosen(machine, "dev").Ports.Gateway).IsEqualTo(18080);
        machine.Settings.Clear();
        await Assert.That(machine.Read("dev").Ports.Gateway).IsEqualTo(18080);
    }

    [Test]
    public async Task A_platform_of_an_earlier_version_keeps_its_ports_next_to_new_environments()
    {
        using var machine = new Machine().Started("default").Started("shop");
        var shop = machine.Read("shop", EnvironmentUse.Start);
        await Assert.That(EnvironmentPorts.AreKnown(shop)).IsTrue();
        await Assert.That(shop.Ports).IsEqualTo(PlatformPorts.Default);
    }

    private static PlatformSettings Chosen(Machine machine, string name)
    {
        var settings = machine.Read(name, EnvironmentUse.Start);
        settings.State.Create();
        return EnvironmentPorts.Choose(settings);
    }
}
