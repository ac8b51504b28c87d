using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Revisions;

/// <summary><c>esb history</c>: lists the revisions of the configuration folder.</summary>
internal static class HistoryCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("history", "List the revisions of the configuration; the current one is marked.")
        {
            CommonOptions.Application, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddSettings(command);
        command.SetAction(result => Run(result, screen));
        return command;
    }

    private static int Run(ParseResult result, Screen screen)
    {
        var history = History.Read(DeployTarget.FolderOf(CommonOptions.ReadSettingsOfDeployed(result)));
        var application = result.GetValue(CommonOptions.Application);
        if (result.GetValue(CommonOptions.Json))
        {
            JsonOutput.Print(screen, history.ToOutput(application), OutputJson.Default.HistoryOutput);
            return ExitCode.Done;
        }

        var lines = history.Lines(application, screen.Traits.IsInteractive ? screen.Traits.Width : int.MaxValue);
        if (lines.Count == 0 && history.Revisions.Count > 0)
            screen.Line($"No deploy of application '{application}' among the {history.Revisions.Count} revisions in "
                + $"{history.Folder}.");
        else if (lines.Count == 0)
            screen.Line($"No revisions yet in {history.Folder}; each esb deploy adds one.");
        foreach (var line in lines)
            screen.Line(line);
        return ExitCode.Done;
    }
}
