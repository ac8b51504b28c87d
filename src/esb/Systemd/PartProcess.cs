using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Settings;

namespace Esb.Cli.Systemd;

/// <summary>
/// One part of the platform in the foreground, for a service manager that starts and restarts it. The settings, the key
/// pair, the folders and <c>platform.json</c> are those of <c>esb up</c>, so that every other command finds the
/// platform.
/// </summary>
internal sealed class PartProcess(PlatformSettings settings, ComponentKind kind, TimeProvider time)
{
    /// <summary>The reason why the part must not run here; null when the platform needs it.</summary>
    public string? ReasonNotToRun() => StartPlan.Of(settings, []).All.Contains(kind)
        ? null
        : $"no local {ComponentNames.Of(kind)}: {SettingNames.DatabaseEndpoint} and "
            + $"{SettingNames.ObjectStoreEndpoint} name others";

    /// <summary>
    /// Records this process as the part, since the program of the part will replace it. Only one process may run a
    /// part.
    /// </summary>
    /// <returns>The program to execute.</returns>
    /// <exception cref="CommandFailure">It runs already.</exception>
    public DaemonSpec Claim()
    {
        var earlier = PlatformState.Read(settings.State);
        if (earlier?.Find(kind) is { } other)
            throw CommandFailure.Environment(
                $"the {ComponentNames.InSentence(kind)} runs already, as pid {other.Process.Pid}",
                "stop that with esb down");
        var running = (earlier?.Running() ?? []).Select(component => component.Kind).ToHashSet();
        var socket = AgentSocket.Path(settings.State, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
        var addresses = PlatformAddresses.Of(settings, socket).Keeping(earlier?.Addresses, running);
        var spec = new ComponentSpecs(settings, addresses, Credentials.ForStart(settings)).Of(kind);
        Directory.CreateDirectory(settings.ConfigFolder);
        if (kind == ComponentKind.Gateway)
            (RememberedEnvironment.Read(settings.State) with { ConfigDir = settings.ConfigFolder })
                .Write(settings.State);
        OwnerOnlyFolder.Create(Path.GetDirectoryName(addresses.AgentSocket)!);
        var self = ProcessIdentity.Of(Environment.ProcessId)!;
        new StartedComponents(settings, addresses, earlier, time)
            .Add(new RunningComponent(kind, self, spec.Address, spec.Process.LogFile));
        return spec.Process;
    }
}
