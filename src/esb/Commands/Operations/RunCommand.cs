using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Platform;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Cli.Systemd;
using Esb.Cli.Terminal;
using Esb.Host.Processes;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb run PART</c>: runs one part in the foreground. Hidden, since it is for systemd units.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> Part =
        new("part") { Description = "stores, agent or gateway", HelpName = "PART" };

    private static readonly Option<bool> Check =
        new("--check") { Description = "Start nothing; exit with 1 if the part is not needed or cannot run" };

    public static Command Create(Screen screen)
    {
        Part.AcceptOnlyFromAmong([.. ComponentNames.Started.Select(UnitFile.Part)]);
        var command = new Command("run", "Run one part of the platform in the foreground.") { Part, Check };
        command.Hidden = true;
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        var settings = CommonOptions.ReadSettings(
            result, sources: CommonOptions.Sources(result).With(SettingNames.Mode, PlatformMode.Process.Name));
        var kind = ComponentNames.Started.Single(kind => UnitFile.Part(kind) == result.GetValue(Part));
        var part = new PartProcess(settings, kind, TimeProvider.System);
        if (part.ReasonNotToRun() is { } reason)
            throw CommandFailure.Environment(reason);
        if (result.GetValue(Check))
            return ExitCode.Done;
        settings.State.Create();
        var program = await ClaimAsync(part, settings, screen, cancellationToken);
        Execve.Run(program.Executable, program.Arguments, program.Environment);
        return ExitCode.Bug;
    }

    private static async Task<DaemonSpec> ClaimAsync(
        PartProcess part, PlatformSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        using var operationLock = await UpCommand.AcquireAsync(settings.State, "esb run", screen, cancellationToken);
        return part.Claim();
    }
}
