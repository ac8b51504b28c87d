using Esb.Cli.Platform.Ports;
using Esb.Cli.Platform.Upgrading;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Platform;

/// <summary>
/// Starts the parts that are not running. Everything that can be checked beforehand (binaries, ports) is checked
/// before the first start; if a part fails later, the parts that this run started are stopped again.
/// </summary>
internal sealed class PlatformStart(PlatformSettings settings, Screen screen, HttpClient http, TimeProvider time)
{
    /// <summary>The time limit for stopping after a failed or interrupted start: nothing has been served yet.</summary>
    private static readonly TimeSpan UndoGrace = TimeSpan.FromMilliseconds(600);

    /// <returns>The parts that were running before, and the parts that were started.</returns>
    /// <exception cref="CommandFailure">A part could not be started; no part that this run started is left.</exception>
    public async Task<PlatformStartResult> RunAsync(CancellationToken cancellationToken)
    {
        var earlier = await InterruptedUpgrade.ResolveAsync(
            PlatformState.Read(settings.State), settings.State, http, cancellationToken);
        if (earlier is not null)
            await new EndingParts(screen, http, time).WaitAsync(earlier, cancellationToken);
        var alive = earlier?.Running() ?? [];
        var running = alive.Select(component => component.Kind).ToHashSet();
        var plan = StartPlan.Of(settings, running);
        if (plan.IsEmpty)
            return new PlatformStartResult(alive, []);
        // The running parts belong to that folder, so the others use it too, wherever the command runs.
        var kept = alive.Count > 0 && !settings.ConfigFolderIsGiven
            ? settings with { ConfigFolder = earlier!.ConfigDir }
            : settings;
        var socket = AgentSocket.Path(settings.State, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
        var addresses = PlatformAddresses.Of(settings, socket).Keeping(earlier?.Addresses, running);
        var specs = await PrepareAsync(
            plan,
            new ComponentSpecs(kept, addresses, Credentials.ForStart(kept)),
            earlier?.Leaving.Any(component => component.Process.IsRunning()) ?? false,
            cancellationToken);
        Directory.CreateDirectory(kept.ConfigFolder);
        OwnerOnlyFolder.Create(Path.GetDirectoryName(addresses.AgentSocket)!);
        var started = new StartedComponents(kept, addresses, earlier, time);
        try
        {
            var start = new ComponentStart(started, new ReadyCheck(http, addresses), time);
            await StartAsync(plan, specs, start, cancellationToken);
        }
        catch
        {
            await Task.WhenAll(started.New.Select(part =>
                ComponentStop.RunAsync(part, UndoGrace, time, CancellationToken.None)));
            started.Forget();
            throw;
        }

        var folder = PlatformState.Read(settings.State)?.ConfigDir ?? kept.ConfigFolder;
        (RememberedEnvironment.Read(settings.State) with { ConfigDir = folder }).Write(settings.State);
        return new PlatformStartResult(alive, [.. plan.All]);
    }

    private async Task<Dictionary<ComponentKind, ComponentSpec>> PrepareAsync(
        StartPlan plan, ComponentSpecs specs, bool isLeftByGateway, CancellationToken cancellationToken)
    {
        var all = plan.All.ToDictionary(kind => kind, specs.Of);
        // A draining gateway keeps its port for workers, so the new one uses another.
        await PortCheck.CheckAsync(
            [
                .. all.Values.SelectMany(spec => spec.Ports)
                    .Where(claim => !isLeftByGateway || claim.Variable != SettingNames.RuntimeApiPort),
            ], time, cancellationToken);
        return all;
    }

    private async Task StartAsync(
        StartPlan plan,
        Dictionary<ComponentKind, ComponentSpec> specs,
        ComponentStart start,
        CancellationToken cancellationToken)
    {
        using var lines = new LiveLines(screen, time);
        var width = specs.Values.Max(spec => spec.Address.Length);
        foreach (var wave in plan.Waves)
        {
            using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var starts = wave.Select(kind => StartOneAsync(specs[kind], kind, failed)).ToList();
            await Task.WhenAll(starts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Throws the failure that cancelled the others, not the cancellations.
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

/// <summary>The parts that <c>esb up</c> found and those that it started.</summary>
internal sealed record PlatformStartResult(
    IReadOnlyList<RunningComponent> AlreadyUp, IReadOnlyList<ComponentKind> Started);
