using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Environments;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Platform.Upgrading;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb upgrade</c>: replaces the running gateway with the one next to <c>esb</c>.</summary>
internal static class UpgradeCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("upgrade", "Replace the running gateway with the one next to esb; no request fails.");
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) => RunAsync(
            CommonOptions.ReadSettings(result), screen, TimeProvider.System, cancellationToken));
        return command;
    }

    internal static async Task<int> RunAsync(
        PlatformSettings settings, Screen screen, TimeProvider time, CancellationToken cancellationToken)
    {
        if (settings.IsInContainers)
            throw CommandFailure.Usage(
                $"a platform in mode {settings.Mode} is upgraded by Docker Compose", "see docs/upgrading.md");
        if (!File.Exists(settings.State.PlatformFile))
            throw CommandFailure.Environment(
                $"no platform of environment '{settings.EnvironmentName}' is running", "start it with esb up");
        var since = time.GetTimestamp();
        using var operationLock = await UpCommand.AcquireAsync(
            settings.State, "esb upgrade", screen, cancellationToken);
        using var http = LocalHttp.ToGateway();
        var result = await new GatewayUpgrade(settings, screen, http, time).RunAsync(cancellationToken);
        if (PlatformState.Read(settings.State) is { } state)
            WarnOfKept(state, settings, screen);
        AlteredCode.Warn(settings, PlatformState.Read(settings.State)?.ConfigDir ?? settings.ConfigFolder, screen);
        var versions = result.Before is null || result.Before == result.After
            ? $"version {result.After}"
            : $"version {result.Before}, now {result.After}";
        var old = result.Old.IsRunning()
            ? $"; the one before it, process {result.Old.Pid}, ends when its connections have"
            : "";
        screen.Line($"Upgraded in {DurationText.Waited(time.GetElapsedTime(since))}: {versions}{old}.");
        return ExitCode.Done;
    }

    // The new gateway has the settings of this command, except for its ports and its folder.
    private static void WarnOfKept(PlatformState state, PlatformSettings settings, Screen screen)
    {
        var parts = state.Running();
        var others = parts.Where(part => part.Kind != ComponentKind.Gateway);
        KeptSettings.Report(
            [
                .. UnappliedSettings.Ports(settings, state, [.. parts.Select(part => part.Kind)]),
                .. UnappliedSettings.Of(settings, others, Environment.GetEnvironmentVariable),
            ],
            screen);
        if (settings.ConfigFolderIsGiven)
            KeptSettings.WarnOfFolder(state, settings, screen);
        UpCommand.WarnOfOwnSettings(settings, screen);
    }
}
