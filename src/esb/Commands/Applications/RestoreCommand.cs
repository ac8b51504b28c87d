using System.CommandLine;
using Esb.Cli.Backups;
using Esb.Cli.Commands.Options;
using Esb.Cli.Documents;
using Esb.Cli.Modes;
using Esb.Cli.Removing.Data;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Applications;

/// <summary>
/// <c>esb restore</c>: replaces all data by that of a backup, or puts a data snapshot back into its tables and buckets.
/// </summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Saved =
        new("FILE") { Description = "The file that esb backup or esb remove --delete-data wrote" };

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "For a backup: do not ask first" };

    private static readonly Option<string?> Confirm = new("--confirm")
    {
        Description = "With --yes: the name of the environment whose data a backup replaces",
        HelpName = "NAME",
    };

    public static Command Create(Screen screen)
    {
        var command = new Command("restore", "Replace all tables and buckets by a backup; or put a snapshot back into "
            + "its own, where data with the same key is replaced.")
        {
            Saved, Yes, Confirm, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) =>
        {
            var path = Path.GetFullPath(result.GetRequiredValue(Saved));
            return ArchiveHead.IsSnapshot(path)
                ? RestoreSnapshotAsync(path, result, screen, cancellationToken)
                : RestoreBackupAsync(path, result, screen, cancellationToken);
        });
        return command;
    }

    private static Task<int> RestoreSnapshotAsync(
        string path, ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        if (result.GetValue(CommonOptions.Json))
            throw CommandFailure.Usage(
                $"{path} is a snapshot, about which there is no JSON document", "leave out --json");
        var settings = CommonOptions.ReadSettings(result);
        return new DataRestore(path, ICodeAvailability.Of(settings).Target, screen, TimeProvider.System)
            .RunAsync(cancellationToken);
    }

    private static async Task<int> RestoreBackupAsync(
        string path, ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        var json = result.GetValue(CommonOptions.Json);
        var request = new RestoreRequest(path)
        {
            Yes = result.GetValue(Yes),
            Confirmed = result.GetValue(Confirm),
            CanAsk = !json && !Console.IsInputRedirected,
        };
        var run = new RestoreRun(
            request,
            CommonOptions.ReadSettings(result),
            json ? screen.WithoutOutput() : screen,
            question => Question.Ask(question, screen),
            TimeProvider.System);
        if (await run.RunAsync(cancellationToken) is not { } restored)
        {
            screen.Note("Nothing was changed.");
            return ExitCode.Failure;
        }

        if (json)
            JsonOutput.Print(screen, restored, OutputJson.Default.RestoreOutput);
        return ExitCode.Done;
    }
}
