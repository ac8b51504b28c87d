using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Upgrading;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Testing.Servers;

namespace Esb.Cli.Tests.Platform;

/// <summary>A platform whose object store and database were started by an earlier version.</summary>
internal sealed class StoresUpgradeTests
{
    [Test]
    public async Task Stores_of_an_earlier_version_end_and_those_of_this_one_get_their_port()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var earlier = await StartEarlierAsync(platform);
        var before = platform.State;

        var up = await platform.UpAsync();
        await Assert.That(up.Error).Contains(
            "warning: these stores are of an earlier version of ESB; esb upgrade replaces them, "
                + "and their data stays\n");
        await Assert.That(earlier.All(part => part.Process.IsRunning())).IsTrue();

        var after = await UpgradeAsync(platform.With(SettingNames.StoresPort, $"{FreePorts.Take()}"), before);
        await Assert.That(earlier.Any(part => part.Process.IsRunning())).IsFalse();
        await Assert.That(after.Running().Select(part => part.Kind).Order())
            .IsEquivalentTo(ComponentNames.Started);
        await Assert.That(after.Addresses.Stores).IsEqualTo(before.Addresses.ObjectStore);
        await Assert.That(after.Addresses.Database).IsEqualTo(before.Addresses.ObjectStore);
        await Assert.That(after.Addresses.Gateway).IsEqualTo(before.Addresses.Gateway);
        await Assert.That(after.Find(ComponentKind.Gateway)).IsEqualTo(before.Find(ComponentKind.Gateway));
    }

    [Test]
    public async Task A_missing_binary_does_not_stop_what_runs()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var earlier = await StartEarlierAsync(platform);
        File.Delete(Path.Combine(platform.Binaries, "esb-stores"));
        var failure = await Assert.That(async () => await UpgradeAsync(platform, platform.State))
            .Throws<CommandFailure>();
        await Assert.That(failure!.Diagnostics[0].Message).StartsWith("esb-stores is not in ");
        await Assert.That(earlier.All(part => part.Process.IsRunning())).IsTrue();
    }

    [Test]
    public async Task Down_stops_stores_of_an_earlier_version_too()
    {
        await using var platform = new LocalPlatform();
        await platform.UpAsync();
        var earlier = await StartEarlierAsync(platform);
        await platform.DownAsync();
        await Assert.That(earlier.Any(part => part.Process.IsRunning())).IsFalse();
    }

    private static async Task<PlatformState> UpgradeAsync(LocalPlatform platform, PlatformState state)
    {
        using var http = LocalHttp.Create();
        var screen = new Screen(new StringWriter(), new StringWriter(), ScreenTraits.Plain);
        return await new StoresUpgrade(platform.Settings, screen, http, TimeProvider.System)
            .RunAsync(state, CancellationToken.None);
    }

    // The stand-in of the stores has the ports and names of the two earlier programs.
    private static async Task<IReadOnlyList<RunningComponent>> StartEarlierAsync(LocalPlatform platform)
    {
        var state = platform.State;
        var stores = state.Find(ComponentKind.Stores)!;
        await ComponentStop.RunAsync(stores, TimeSpan.FromMinutes(1), TimeProvider.System, CancellationToken.None);
        var (objects, database) = (state.Addresses.Stores!, new Uri($"http://127.0.0.1:{FreePorts.Take()}"));
        IReadOnlyList<RunningComponent> earlier =
        [
            Start(platform, ComponentKind.EarlierObjectStore, objects),
            Start(platform, ComponentKind.EarlierDatabase, database),
        ];
        (state with
        {
            Addresses = state.Addresses with { Stores = null, ObjectStore = objects, Database = database },
            Components = [.. state.Running(), .. earlier],
        }).Write(platform.Settings.State);
        var ready = new ReadyCheck(LocalHttp.Create(), platform.State.Addresses);
        foreach (var part in earlier)
            await Eventually.TrueAsync(() => ready.PassesAsync(part.Kind, CancellationToken.None));
        return earlier;
    }

    private static RunningComponent Start(LocalPlatform platform, ComponentKind kind, Uri address)
    {
        var log = Path.Combine(platform.Settings.State.Logs, ComponentNames.LogFile(kind));
        using var daemon = Daemon.Start(new DaemonSpec(
            Path.Combine(platform.Binaries, "esb-stores"),
            [],
            new Dictionary<string, string?> { ["STORES_LISTEN"] = address.Authority },
            log));
        return new RunningComponent(kind, daemon.Identity, address.Authority, log);
    }
}
