using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Documents;
using Esb.Cli.Removing.Code;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Revisions;

/// <summary><c>esb prune</c>: removes old revisions, and code and images that nothing names.</summary>
internal static class PruneCommand
{
    private static readonly Option<string?> Keep = new("--keep") { Description = $"How many revisions stay, the current one among them (default: {SettingNames.KeepRevisions} or 20)", HelpName = "N" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show what would be removed; remove nothing" };

    public static Command Create(Screen screen)
    {
        var command = new Command("prune", "Remove old revisions, and code and images that no kept revision names.") { Keep, DryRun, CommonOptions.Json, CommonOptions.Mode };
        CommonOptions.AddSettings(command);
        TransactionOptions.AddLockTimeout(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        var settings = CommonOptions.ReadSettings(result);
        var keep = result.GetValue(Keep) is { } text ? PlatformSettings.Revisions("--keep", text) : settings.KeepRevisions;
        // What was built for another one with the same state folder stays.
        var request = new PruneRequest(keep, settings.EnvironmentIsGiven ? settings.Environment : null, TransactionOptions.LockTimeout(result), result.GetValue(DryRun));
        var pruned = await new Cleaning(request, settings, screen, TimeProvider.System).RunAsync(cancellationToken);
        if (result.GetValue(CommonOptions.Json))
            JsonOutput.Print(screen, pruned.ToOutput(), OutputJson.Default.PruneOutput);
        foreach (var line in result.GetValue(CommonOptions.Json) ? [] : pruned.Lines())
            screen.Line(line);
        if (!cancellationToken.IsCancellationRequested)
            return ExitCode.Done;
        screen.Note("Interrupted: the rest stays; esb prune goes on.");
        return ExitCode.Interrupted;
    }
}
