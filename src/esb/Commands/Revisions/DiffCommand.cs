using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Revisions;

/// <summary><c>esb diff</c>: what is different between two revisions.</summary>
internal static class DiffCommand
{
    private static readonly Argument<string?> From = RevisionArgument.Create("REV", ArgumentArity.ExactlyOne, "Number of a revision, see esb history");

    private static readonly Argument<string?> To = RevisionArgument.Create("REV2", ArgumentArity.ZeroOrOne, "Another one (default: the content of the files)");

    private static readonly Option<bool> TellByExitCode = new("--exit-code") { Description = "End with 3 when there is a difference" };

    public static Command Create(Screen screen)
    {
        var command = new Command("diff", "Show what changed since a revision, or between two.") { From, To, DeployOptions.Verbose, TellByExitCode, CommonOptions.Json, CommonOptions.Mode };
        CommonOptions.AddSettings(command);
        command.SetAction(result => Run(result, screen));
        return command;
    }

    private static int Run(ParseResult result, Screen screen)
    {
        var comparison = Comparison.Of(DeployTarget.FolderOf(CommonOptions.ReadSettings(result)), RevisionArgument.Read(result, From)!.Value, RevisionArgument.Read(result, To));
        if (comparison.Vanished.Count > 0)
            screen.Warn($"{string.Join(", ", comparison.Vanished)} {(comparison.Vanished.Count == 1 ? "is" : "are")} gone or empty; a gateway that runs goes on with what it has", "esb rollback puts back what was written last");
        if (result.GetValue(CommonOptions.Json))
            JsonOutput.Print(screen, comparison.ToOutput(), OutputJson.Default.ComparisonOutput);
        else
            Print(comparison, result.GetValue(DeployOptions.Verbose), screen);
        return result.GetValue(TellByExitCode) && comparison.Plan.Writes ? ExitCode.Changes : ExitCode.Done;
    }

    private static void Print(Comparison comparison, bool all, Screen screen)
    {
        foreach (var line in comparison.Lines(all, screen.Traits.Width))
            screen.Line(line);
    }
}
