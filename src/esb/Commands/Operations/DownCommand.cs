using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Environments;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Systemd;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb down</c>: stops what <c>esb up</c> started; data stays.</summary>
internal static class DownCommand
{
    private static readonly Option<bool> Systemd = new("--systemd")
    {
        Description = "Stop the units of the package; units of esb up --systemd are stopped without this option, too",
    };

    public static Command Create(Screen screen)
    {
        var command = new Command("down", "Stop the platform; data stays.") { Systemd, CommonOptions.Mode };
        CommonOptions.AddPlatform(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            if (settings.IsInContainers)
                return RunContainersAsync(settings, screen, TimeProvider.System, cancellationToken);
            RequireKnown(result);
            RememberConfiguration(settings.State);
            var units = new SystemdPlatform(
                settings,
                SystemdManager.Of(Environment.IsPrivilegedProcess, Environment.GetEnvironmentVariable),
                screen);
            return result.GetValue(Systemd) || units.IsWritten
                ? RunUnitsAsync(settings, screen, TimeProvider.System, cancellationToken)
                : RunAsync(settings, screen, TimeProvider.System, cancellationToken);
        });
        return command;
    }

    // A name that no environment has yet selects the default platform, which is right only for a first deploy.
    private static void RequireKnown(ParseResult result)
    {
        var sources = CommonOptions.Sources(result);
        if (sources[SettingNames.Environment] is { } named && sources[SettingNames.Project] is null)
            EnvironmentList.Read(sources).Require(named);
    }

    // An earlier version recorded the configuration folder only while the platform was up.
    private static void RememberConfiguration(StateFolder state)
    {
        if (RememberedEnvironment.Read(state) is { ConfigDir: not null } remembered)
            remembered.Write(state);
    }

    private static async Task<int> RunContainersAsync(
        PlatformSettings settings, Screen screen, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        int left;
        using (var lines = new LiveLines(screen, time))
        {
            var line = lines.Add("");
            left = await new PlatformDown(new DockerEngine(), ComposeProject.Of(settings, settings.Mode))
                .RunAsync(line.Update, cancellationToken);
            line.Finish("containers     removed");
        }

        if (left > 0)
            screen.Note($"Removed {left} {(left == 1 ? "worker" : "workers")} of an agent that was killed.");
        screen.Line($"Down in {DurationText.Waited(time.GetElapsedTime(since))}; data stays in the volumes.");
        return ExitCode.Done;
    }

    private static async Task<int> RunUnitsAsync(
        PlatformSettings settings, Screen screen, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var manager = SystemdManager.Find(Environment.IsPrivilegedProcess, Environment.GetEnvironmentVariable);
        await new SystemdPlatform(settings, manager, screen).DownAsync(cancellationToken);
        screen.Line($"Down in {DurationText.Waited(time.GetElapsedTime(since))}; data stays.");
        return ExitCode.Done;
    }

    internal static async Task<int> RunAsync(
        PlatformSettings settings, Screen screen, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        if (!File.Exists(settings.State.PlatformFile) && UnrecordedParts.Of(settings.State).Count == 0)
            return NothingToStop(settings, screen);
        using var operationLock = await UpCommand.AcquireAsync(settings.State, "esb down", screen, cancellationToken);
        try
        {
            var stopped = await new PlatformStop(settings.State, screen, time).RunAsync(cancellationToken);
            if (stopped == 0)
                return NothingToStop(settings, screen);
            screen.Line(
                $"Down in {DurationText.Waited(time.GetElapsedTime(since))}; data stays in {settings.State.Display}.");
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            var left = PlatformState.Read(settings.State)?.AllRunning()
                .Select(component => ComponentNames.Of(component.Kind))
                ?? [];
            screen.Note($"Interrupted, still running: {string.Join(", ", left)}. Run esb down again.");
            throw;
        }
    }

    private static int NothingToStop(PlatformSettings settings, Screen screen)
    {
        screen.Line($"Nothing to stop: no platform of environment '{settings.EnvironmentName}' is running.");
        return ExitCode.Done;
    }
}
