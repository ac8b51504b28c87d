using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Documents;
using Esb.Cli.Removing.Code;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Revisions;

/// <summary><c>esb prune</c>: removes old revisions, and the code and images that no kept revision names.</summary>
internal static class PruneCommand
{
    private static readonly Option<string?> Keep = new("--keep")
    {
        Description =
            $"How many revisions to keep, including the current one (default: {SettingNames.KeepRevisions} or 20)",
        HelpName = "N",
    };

    private static readonly Option<bool> DryRun =
        new("--dry-run") { Description = "Show what would be removed; remove nothing" };

    public static Command Create(Screen screen)
    {
        var command = new Command("prune", "Remove old revisions, and code and images that no kept revision names.")
        {
            Keep, DryRun, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddSettings(command);
        TransactionOptions.AddLockTimeout(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        var settings = CommonOptions.ReadSettingsOfDeployed(result);
        var keep =
            result.GetValue(Keep) is { } text ? PlatformSettings.Revisions("--keep", text) : settings.KeepRevisions;
        // Builds for other environments with the same state folder stay.
        var request = new PruneRequest(
            keep,
            settings.EnvironmentIsGiven ? settings.Environment : null,
            TransactionOptions.LockTimeout(result),
            result.GetValue(DryRun));
        var pruned = await new Prune(request, settings, screen, TimeProvider.System).RunAsync(cancellationToken);
        if (result.GetValue(CommonOptions.Json))
            JsonOutput.Print(screen, pruned.ToOutput(), OutputJson.Default.PruneOutput);
        foreach (var line in result.GetValue(CommonOptions.Json) ? [] : pruned.Lines())
            screen.Line(line);
        if (!cancellationToken.IsCancellationRequested)
            return ExitCode.Done;
        screen.Note("Interrupted: run esb prune again to remove the rest.");
        return ExitCode.Interrupted;
    }
}
