using System.Text;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Systemd;

/// <summary>
/// The platform as systemd units: those of the package for root if it is installed, otherwise units that are written
/// for this platform and removed again when it is stopped.
/// </summary>
internal sealed class SystemdPlatform(PlatformSettings settings, SystemdManager manager, Screen screen)
{
    private const string DefaultProject = "default";
    private const string PackagedTarget = "/usr/lib/systemd/system/esb.target";
    private const string PackagedSettings = "/etc/esb/esb.env";

    private readonly UnitSetting _units = new(
        settings.Project == DefaultProject ? "esb" : $"esb-{settings.Project}",
        Environment.ProcessPath!,
        ["--env-file", settings.State.UnitSettingsFile],
        manager.IsSystem ? "multi-user.target" : "default.target")
    {
        SearchPath = Environment.GetEnvironmentVariable("PATH"),
    };

    /// <summary>Whether units of this platform were written, so that <c>esb down</c> has to stop them.</summary>
    public bool IsWritten => File.Exists(InFolder(UnitFile.TargetName(_units)));

    /// <summary>Whether its units are those of the package, with their own settings and state folder.</summary>
    public bool IsPackaged =>
        manager.IsSystem && settings.Project == DefaultProject && File.Exists(PackagedTarget) && !IsWritten;

    /// <summary>
    /// Starts it now and whenever the machine (or the user's manager) starts. Returns when it is ready.
    /// </summary>
    /// <exception cref="CommandFailure">A unit did not start; the units that this call wrote are removed.</exception>
    public async Task UpAsync(CancellationToken cancellationToken)
    {
        if (IsPackaged)
        {
            screen.Line($"units        of the package, settings in {PackagedSettings}");
            await StartAsync(ComponentNames.Started, cancellationToken);
            return;
        }

        Refuse();
        var isNew = !IsWritten;
        var kinds = StartPlan.Of(settings, []).All.ToList();
        await RemoveEarlierAsync(cancellationToken);
        Write(kinds);
        try
        {
            await manager.RunAsync(["daemon-reload"], cancellationToken);
            await StartAsync(kinds, cancellationToken);
        }
        catch when (isNew)
        {
            await DownAsync(CancellationToken.None);
            throw;
        }

        if (!manager.IsSystem)
            screen.Note("A user's units end with the last session; to keep them: loginctl enable-linger");
    }

    // Started one after the other, as by `esb up`, since a target counts as started once its services are requested.
    private async Task StartAsync(IReadOnlyList<ComponentKind> kinds, CancellationToken cancellationToken)
    {
        foreach (var kind in kinds)
        {
            await manager.RunAsync(["start", UnitFile.Name(_units, kind)], cancellationToken);
            screen.Line($"{ComponentNames.Of(kind),-13}{UnitFile.Name(_units, kind)}  started");
        }

        await manager.RunAsync(["enable", "--quiet", "--now", UnitFile.TargetName(_units)], cancellationToken);
    }

    /// <summary>Stops and disables it, and removes the units that were written.</summary>
    public async Task DownAsync(CancellationToken cancellationToken)
    {
        var target = UnitFile.TargetName(_units);
        await manager.RunAsync(["disable", "--quiet", "--now", target], cancellationToken);
        var services = Enum.GetValues<ComponentKind>()
            .Where(kind => IsPackaged ? !ComponentNames.IsEarlier(kind) : IsThere(kind))
            .Reverse().Select(kind => UnitFile.Name(_units, kind)).ToList();
        if (services.Count > 0)
            await manager.RunAsync(["stop", .. services], cancellationToken);
        if (!IsPackaged)
        {
            foreach (var name in services.Append(target))
                File.Delete(InFolder(name));
            File.Delete(settings.State.UnitSettingsFile);
            await manager.RunAsync(["daemon-reload"], cancellationToken);
            screen.Line($"units        removed from {manager.UnitFolder}");
        }

        File.Delete(settings.State.PlatformFile);
    }

    /// <exception cref="CommandFailure">The platform runs without systemd, or its settings are for
    /// containers.</exception>
    private void Refuse()
    {
        if (settings.IsInContainers)
            throw CommandFailure.Usage(
                $"--systemd is for process mode; ESB_MODE is {settings.Mode}",
                "docker compose has restart: unless-stopped in the platform's file");
        if (!IsWritten && PlatformState.Read(settings.State)?.Running() is { Count: > 0 } running)
            throw CommandFailure.Environment(
                "the platform is already running, "
                    + $"without systemd ({string.Join(", ", running.Select(part => ComponentNames.Of(part.Kind)))})",
                "esb down, then esb up --systemd");
    }

    private void Write(List<ComponentKind> kinds)
    {
        settings.State.Create();
        File.Delete(settings.State.UnitSettingsFile);
        using (var file = new FileStream(settings.State.UnitSettingsFile, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
            file.Write(Encoding.UTF8.GetBytes(SettingsSnapshot.Text(settings)));
        Directory.CreateDirectory(manager.UnitFolder);
        foreach (var kind in kinds)
            AtomicFile.Write(
                InFolder(UnitFile.Name(_units, kind)), Encoding.UTF8.GetBytes(UnitFile.Service(_units, kind)));
        AtomicFile.Write(InFolder(UnitFile.TargetName(_units)), Encoding.UTF8.GetBytes(UnitFile.Target(_units, kinds)));
        screen.Line($"units        {kinds.Count} and {UnitFile.TargetName(_units)} written to {manager.UnitFolder}");
    }

    // The gateway of an earlier version stops too, since the addresses of the stores have changed.
    private async Task RemoveEarlierAsync(CancellationToken cancellationToken)
    {
        var earlier = Enum.GetValues<ComponentKind>().Where(ComponentNames.IsEarlier).Where(IsThere)
            .Select(kind => UnitFile.Name(_units, kind)).ToList();
        if (earlier.Count == 0)
            return;
        await manager.RunAsync(["stop", UnitFile.Name(_units, ComponentKind.Gateway), .. earlier], cancellationToken);
        foreach (var name in earlier)
            File.Delete(InFolder(name));
    }

    private bool IsThere(ComponentKind kind) => File.Exists(InFolder(UnitFile.Name(_units, kind)));

    private string InFolder(string name) => Path.Combine(manager.UnitFolder, name);
}
