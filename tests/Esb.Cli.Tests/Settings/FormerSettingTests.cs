using Esb.Cli.Settings;

namespace Esb.Cli.Tests.Settings;

/// <summary>Settings of versions in which tables and buckets had separate ports.</summary>
internal sealed class FormerSettingTests
{
    [Test]
    public async Task The_port_of_the_object_store_is_used_for_the_stores_and_one_line_says_so()
    {
        var settings = Read(("OBJECTSTORE_PORT", "9100"));
        await Assert.That(settings.Ports.Stores).IsEqualTo(9100);
        await Assert.That(settings.GivenPorts).Contains(SettingNames.StoresPort);
        await Assert.That(Lines(settings)).IsEquivalentTo([
            "warning: OBJECTSTORE_PORT is now STORES_PORT, and is read as it; remove OBJECTSTORE_PORT, or rename it",
        ]);
    }

    [Test]
    public async Task The_new_name_takes_precedence_over_the_former_one()
    {
        var settings = Read(("OBJECTSTORE_PORT", "9100"), ("STORES_PORT", "9200"));
        await Assert.That(settings.Ports.Stores).IsEqualTo(9200);
        await Assert.That(Lines(settings)).IsEquivalentTo([
            "warning: OBJECTSTORE_PORT has no effect, since STORES_PORT is set; remove OBJECTSTORE_PORT, or rename it",
        ]);
    }

    [Test]
    public async Task The_port_of_the_database_has_no_effect_and_one_line_says_so()
    {
        var settings = Read(("DATABASE_PORT", "8100"));
        await Assert.That(settings.Ports).IsEqualTo(PlatformPorts.Default);
        await Assert.That(Lines(settings)).IsEquivalentTo([
            "warning: DATABASE_PORT has no effect: tables and buckets have one port, STORES_PORT; "
                + "remove DATABASE_PORT, or rename it",
        ]);
    }

    [Test]
    public async Task A_platform_in_containers_never_had_them()
    {
        await Assert.That(Lines(Read(("DATABASE_PORT", "8100"), ("ESB_MODE", "docker")))).IsEmpty();
        await Assert.That(Lines(Read())).IsEmpty();
    }

    private static PlatformSettings Read(params (string Name, string Value)[] given) =>
        PlatformSettings.Read(new SettingSources(
            new Dictionary<string, string>(),
            name => name == "HOME" ? "/home/a" : given.FirstOrDefault(one => one.Name == name).Value,
            new Dictionary<string, string>()));

    private static IEnumerable<string> Lines(PlatformSettings settings) =>
        FormerSettings.Of(settings).Select(line => line.ToString());
}
