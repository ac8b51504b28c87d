using System.CommandLine;
using Esb.Cli.Admin;
using Esb.Cli.Commands.Options;
using Esb.Cli.Environments;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Upgrading;
using Esb.Cli.Settings;
using Esb.Cli.Systemd;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Commands.Operations;

/// <summary>
/// <c>esb up</c>: starts the parts that are not running, waits until they are ready, and prints the next step.
/// </summary>
internal static class UpCommand
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan HealthTimeout = TimeSpan.FromSeconds(10);

    private static readonly Option<bool> Systemd =
        new("--systemd") { Description = "As systemd units: restarted when they fail, started with the machine" };

    public static Command Create(Screen screen)
    {
        var command = new Command("up", "Start the platform: stores, agent, gateway.") { Systemd };
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) =>
        {
            var sources = CommonOptions.Sources(result);
            if (result.GetValue(Systemd))
                return RunUnitsAsync(
                    CommonOptions.ReadSettings(
                        result, EnvironmentUse.Start, sources), screen, TimeProvider.System, cancellationToken);
            // ESB_MODE is the mode of deploys; a platform in containers is started by Compose, not by esb up.
            if (PlatformSettings.ModeOf(sources).UsesContainers)
                screen.Warn(
                    $"{SettingNames.Mode} is {sources[SettingNames.Mode]}, and this starts a platform of process mode",
                    "docker compose starts one of containers; unset it, or name another .env file with --env-file");
            return RunAsync(
                CommonOptions.ReadSettings(result, EnvironmentUse.Start, sources.With(
                    SettingNames.Mode, PlatformMode.Process.Name)), screen, TimeProvider.System, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunUnitsAsync(
        PlatformSettings settings, Screen screen, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        var manager = SystemdManager.Find(Environment.IsPrivilegedProcess, Environment.GetEnvironmentVariable);
        ReportMisspelt(settings, screen);
        var isOwn = !settings.IsInContainers && !new SystemdPlatform(settings, manager, screen).IsPackaged;
        if (isOwn)
            settings = await EnvironmentStart.PrepareAsync(settings, screen, cancellationToken);
        await new SystemdPlatform(settings, manager, screen).UpAsync(cancellationToken);
        if (isOwn)
        {
            EnvironmentStart.Mark(settings, settings.ConfigFolder);
            AlteredCode.Warn(settings, settings.ConfigFolder, screen);
        }

        screen.Line($"Up in {DurationText.Waited(time.GetElapsedTime(since))} ({manager.Spelling} status 'esb*' "
            + "shows it). "
            + $"Next: {EnvironmentStart.NextStep(settings)}");
        return ExitCode.Done;
    }

    internal static async Task<int> RunAsync(
        PlatformSettings settings, Screen screen, TimeProvider time, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        ReportMisspelt(settings, screen);
        settings.State.Create();
        settings = await EnvironmentStart.PrepareAsync(settings, screen, cancellationToken);
        using var operationLock = await AcquireAsync(settings.State, "esb up", screen, cancellationToken);
        using var http = LocalHttp.ToGateway();
        try
        {
            var result = await new PlatformStart(settings, screen, http, time).RunAsync(cancellationToken);
            WarnOfOld(result, settings, screen);
            var areGuardsApplied = ReportUnapplied(result, settings, screen);
            if (result.AlreadyUp.Any(component => component.Kind == ComponentKind.Gateway))
                await WarnOfOtherVersionAsync(settings, screen, http, cancellationToken);
            EnvironmentStart.Mark(settings, PlatformState.Read(settings.State)?.ConfigDir ?? settings.ConfigFolder);
            EnvironmentStart.WarnOfUnserved(settings, screen);
            WarnOfOwnSettings(settings, screen);
            AlteredCode.Warn(settings, PlatformState.Read(settings.State)?.ConfigDir ?? settings.ConfigFolder, screen);
            if (await ConfigurationErrorAsync(settings, http, cancellationToken) is { } error)
            {
                screen.Report(new Diagnostic(
                    Severity.Error,
                    DiagnosticCodes.Environment,
                    $"the gateway runs and does not serve the newest files: {error}",
                    Help: "correct the file, which is read again at once, or deploy again"));
                return ExitCode.Failure;
            }

            if (!areGuardsApplied)
                return ExitCode.Failure;
            var what = $"(process mode, {(settings.Environment is { } name ? $"environment {name}, " : "")}data in "
                + $"{settings.State.Display})";
            screen.Line(result.Started.Count == 0
                ? $"Up {what}."
                : $"Up in {DurationText.Waited(time.GetElapsedTime(since))} "
                + $"{what}. Next: {EnvironmentStart.NextStep(settings)}");
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.Note("Interrupted: what was started has been stopped again.");
            throw;
        }
    }

    // Null when there is no error, or when the gateway does not report on its configuration.
    private static async Task<string?> ConfigurationErrorAsync(
        PlatformSettings settings, HttpClient http, CancellationToken cancellationToken)
    {
        if (PlatformState.Read(settings.State) is not { Addresses: var addresses })
            return null;
        var admin = new AdminClient(http, addresses.Admin, addresses.Gateway);
        return (await admin.HealthAsync(HealthTimeout, cancellationToken))?.Configuration.Error?.Message;
    }

    // Called before anything is started, since a misspelt setting could leave a port open that it was meant to close.
    private static void ReportMisspelt(PlatformSettings settings, Screen screen)
    {
        var misspelt = MisspeltSettings.Of(settings);
        if (misspelt.Any(m => m.Severity == Severity.Error))
            throw new CommandFailure(ExitCode.Usage, misspelt);
        foreach (var slip in misspelt)
            screen.Report(slip);
    }

    /// <summary>Warns about given settings that are not used, since <c>esb up</c> sets them itself.</summary>
    internal static void WarnOfOwnSettings(PlatformSettings settings, Screen screen)
    {
        foreach (var (name, own, instead) in ComponentSpecs.OwnSettings)
        {
            if ((Environment.GetEnvironmentVariable(name) ?? settings.EnvFile.GetValueOrDefault(name))
                is { Length: > 0 } value && value != own)
                screen.Warn($"{name}: '{value}' is not used, since esb up sets it itself", instead);
        }
    }

    /// <summary>Only one <c>up</c> or <c>down</c> of an environment runs at a time.</summary>
    internal static Task<DeployLock> AcquireAsync(
        StateFolder state, string purpose, Screen screen, CancellationToken cancellationToken)
    {
        var isReported = false;
        return DeployLock.AcquireAsync(
            state.Path,
            purpose,
            LockTimeout,
            wait =>
            {
                if (!isReported)
                    screen.Note($"waiting for {wait.Who}");
                isReported = true;
            },
            cancellationToken);
    }

    private static async Task WarnOfOtherVersionAsync(
        PlatformSettings settings, Screen screen, HttpClient http, CancellationToken cancellationToken)
    {
        if (PlatformState.Read(settings.State) is { } state
            && await ServingGateway.AskAsync(http, state.Addresses, cancellationToken) is { } gateway
            && gateway.Version != ProductVersion.Text)
            screen.Warn(
                $"the running gateway is version {gateway.Version}, this is esb {ProductVersion.Text}",
                "esb upgrade replaces it, and no request fails");
    }

    private static bool ReportUnapplied(PlatformStartResult result, PlatformSettings settings, Screen screen) =>
        PlatformState.Read(settings.State) is not { } state || KeptSettings.Report(
            [
                .. UnappliedSettings.Ports(settings, state, [.. result.AlreadyUp.Select(part => part.Kind)]),
                .. UnappliedSettings.Of(settings, result.AlreadyUp, Environment.GetEnvironmentVariable),
            ],
            screen);

    private static void WarnOfOld(PlatformStartResult result, PlatformSettings settings, Screen screen)
    {
        if (result.AlreadyUp.Count == 0)
            return;
        var running = result.AlreadyUp.Select(c => $"{ComponentNames.Of(c.Kind)} ({c.Address})");
        screen.Warn($"already up: {string.Join(", ", running)}");
        if (result.AlreadyUp.Any(part => ComponentNames.IsEarlier(part.Kind)))
            screen.Warn(
                "these stores are of an earlier version of ESB", "esb upgrade replaces them, and their data stays");
        var state = PlatformState.Read(settings.State);
        if (state is not null)
            KeptSettings.WarnOfFolder(state, settings, screen);
    }
}
