using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Platform;

/// <summary>
/// The running parts, saved after each start, since <c>esb down</c> cannot find a part that is not in
/// <c>platform.json</c>.
/// </summary>
internal sealed class StartedComponents(
    PlatformSettings settings, PlatformAddresses addresses, PlatformState? earlier, TimeProvider time)
{
    // Guards the list and the file: the parts of one wave start at the same time.
    private readonly Lock _file = new();
    private readonly List<RunningComponent> _running = [.. earlier?.Running() ?? []];
    private readonly List<RunningComponent> _new = [];
    private readonly DateTimeOffset _startedAt = earlier?.Running().Count > 0 ? earlier.StartedAt : time.GetUtcNow();

    /// <summary>The parts that this run started.</summary>
    public IReadOnlyList<RunningComponent> New
    {
        get
        {
            lock (_file)
                return [.. _new];
        }
    }

    /// <summary>Starts a part and records it, as one step.</summary>
    public Daemon Start(ComponentSpec spec)
    {
        lock (_file)
        {
            var daemon = Daemon.Start(spec.Process);
            Add(new RunningComponent(spec.Kind, daemon.Identity, spec.Address, spec.Process.LogFile));
            return daemon;
        }
    }

    /// <summary>Records a running part.</summary>
    public void Add(RunningComponent component)
    {
        lock (_file)
        {
            _running.Add(component);
            _new.Add(component);
            State().Write(settings.State);
        }
    }

    /// <summary>Removes the parts that this run started, after they were stopped.</summary>
    public void Forget()
    {
        lock (_file)
        {
            _running.RemoveAll(component => !component.Process.IsRunning());
            if (State() is { Components.Count: 0, Leaving.Count: 0 })
                File.Delete(settings.State.PlatformFile);
            else
                State().Write(settings.State);
        }
    }

    private PlatformState State()
    {
        var gatewayIsOld = earlier?.Find(ComponentKind.Gateway) is not null;
        return new PlatformState(
            _startedAt,
            gatewayIsOld ? earlier!.ConfigDir : settings.ConfigFolder,
            addresses,
            settings.Region,
            [.. _running])
        {
            Leaving = [.. (earlier?.Leaving ?? []).Where(component => component.Process.IsRunning())],
        };
    }
}
