using Esb.Cli.Platform.Ports;
using Esb.Cli.Platform.Stores;
using Esb.Cli.Platform.Upgrading;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Platform;

/// <summary>
/// Brings up what does not run. Everything that can be known beforehand (binaries, node, ports) is checked before the first start;
/// if a part fails afterwards, what this run started is stopped again.
/// </summary>
internal sealed class PlatformStart(PlatformSettings settings, Screen screen, HttpClient http, TimeProvider time)
{
    /// <summary>For a start that failed or was interrupted: nothing of it has served yet.</summary>
    private static readonly TimeSpan UndoGrace = TimeSpan.FromMilliseconds(600);

    /// <returns>What runs now, and what of it had been running before.</returns>
    /// <exception cref="CommandFailure">It could not be started; nothing that this run started is left.</exception>
    public async Task<PlatformStartResult> RunAsync(CancellationToken cancellationToken)
    {
        var earlier = await InterruptedUpgrade.ResolveAsync(PlatformState.Read(settings.State), settings.State, http, cancellationToken);
        var alive = earlier?.Alive() ?? [];
        var running = alive.Select(component => component.Kind).ToHashSet();
        var plan = StartPlan.Of(settings, running);
        if (plan.IsEmpty)
            return new PlatformStartResult(alive, []);
        // What is up belongs to that folder: the rest of it, started again from wherever, serves the same.
        var kept = alive.Count > 0 && !settings.ConfigFolderIsGiven ? settings with { ConfigFolder = earlier!.ConfigDir } : settings;
        var socket = AgentSocket.Path(settings.State, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
        var addresses = PlatformAddresses.Of(settings, socket).Keeping(earlier?.Addresses, running);
        var specs = await PrepareAsync(plan, new ComponentSpecs(kept, addresses, Credentials.ForStart(kept)), earlier?.Leaving.Any(component => component.Process.IsRunning()) ?? false, cancellationToken);
        Directory.CreateDirectory(kept.ConfigFolder);
        OwnerOnlyFolder.Create(Path.GetDirectoryName(addresses.AgentSocket)!);
        var started = new StartedComponents(kept, addresses, earlier, time);
        try
        {
            await StartAsync(plan, specs, new ComponentStart(started, new ReadyCheck(http, addresses), new DatabaseInstallation(settings.State), time), cancellationToken);
        }
        catch
        {
            await Task.WhenAll(started.New.Select(component => ComponentStop.RunAsync(component, UndoGrace, time, CancellationToken.None)));
            started.Forget();
            throw;
        }

        (RememberedEnvironment.Read(settings.State) with { ConfigDir = PlatformState.Read(settings.State)?.ConfigDir ?? kept.ConfigFolder }).Write(settings.State);
        return new PlatformStartResult(alive, [.. plan.All]);
    }

    private async Task<Dictionary<ComponentKind, ComponentSpec>> PrepareAsync(StartPlan plan, ComponentSpecs specs, bool isLeftByGateway, CancellationToken cancellationToken)
    {
        if (plan.All.Contains(ComponentKind.Database))
            new DatabaseInstallation(settings.State).CheckNeeds();
        var all = plan.All.ToDictionary(kind => kind, specs.Of);
        // A gateway that finishes what it has keeps its port for workers; the new one takes another then.
        await PortCheck.CheckAsync([.. all.Values.SelectMany(spec => spec.Ports).Where(claim => !isLeftByGateway || claim.Variable != SettingNames.RuntimeApiPort)], time, cancellationToken);
        return all;
    }

    private async Task StartAsync(StartPlan plan, Dictionary<ComponentKind, ComponentSpec> specs, ComponentStart start, CancellationToken cancellationToken)
    {
        using var lines = new LiveLines(screen, time);
        var width = specs.Values.Max(spec => spec.Address.Length);
        foreach (var wave in plan.Waves)
        {
            using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var starts = wave.Select(kind => StartOneAsync(specs[kind], kind, failed)).ToList();
            await Task.WhenAll(starts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // The failure that cancelled the others, not the cancellations that it caused.
            if (starts.FirstOrDefault(task => task.IsFaulted) is { } first)
                await first;
            await Task.WhenAll(starts);
        }

        async Task StartOneAsync(ComponentSpec spec, ComponentKind kind, CancellationTokenSource failed)
        {
            var line = new ComponentLine(lines, screen, time, new(ComponentNames.Of(kind), spec.Address, width));
            try
            {
                await start.RunAsync(spec, line, failed.Token);
            }
            catch (Exception e)
            {
                if (e is not OperationCanceledException)
                    line.Fail();
                await failed.CancelAsync();
                throw;
            }
        }
    }
}

/// <summary>What <c>esb up</c> found and what it started.</summary>
internal sealed record PlatformStartResult(IReadOnlyList<RunningComponent> AlreadyUp, IReadOnlyList<ComponentKind> Started);
