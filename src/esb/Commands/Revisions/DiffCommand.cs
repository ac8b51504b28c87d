using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Revisions;

/// <summary><c>esb diff</c>: shows the differences between two revisions.</summary>
internal static class DiffCommand
{
    private static readonly Argument<string?> From = RevisionArgument.Create(
        "REV", ArgumentArity.ExactlyOne, "Number of a revision, see esb history");

    private static readonly Argument<string?> To = RevisionArgument.Create(
        "REV2", ArgumentArity.ZeroOrOne, "Another revision (default: the current files)");

    private static readonly Option<bool> ExitCodeShowsChanges =
        new("--exit-code") { Description = "Exit with 3 when there is a difference" };

    public static Command Create(Screen screen)
    {
        var command = new Command("diff", "Show what changed since a revision, or between two.")
        {
            From, To, DeployOptions.Verbose, ExitCodeShowsChanges, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddSettings(command);
        command.SetAction(result => Run(result, screen));
        return command;
    }

    private static int Run(ParseResult result, Screen screen)
    {
        var comparison = Comparison.Of(
            DeployTarget.FolderOf(CommonOptions.ReadSettings(result)),
            RevisionArgument.Read(result, From)!.Value,
            RevisionArgument.Read(result, To));
        if (comparison.Vanished.Count > 0)
            screen.Warn(
                $"{string.Join(", ", comparison.Vanished)} {(comparison.Vanished.Count == 1 ? "is" : "are")} gone or "
                    + "empty; a running gateway keeps what it serves",
                "esb rollback restores what was written last");
        foreach (var altered in comparison.Altered)
            screen.Warn(
                $"revision {altered.Number} is not what was deployed: a file in {altered.Folder} was changed since",
                "esb rollback refuses it");
        if (result.GetValue(CommonOptions.Json))
            JsonOutput.Print(screen, comparison.ToOutput(), OutputJson.Default.ComparisonOutput);
        else
            Print(comparison, result.GetValue(DeployOptions.Verbose), screen);
        return result.GetValue(ExitCodeShowsChanges) && comparison.Plan.Writes ? ExitCode.Changes : ExitCode.Done;
    }

    private static void Print(Comparison comparison, bool all, Screen screen)
    {
        foreach (var line in comparison.Lines(all, screen.Traits.Width))
            screen.Line(line);
    }
}
