using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Documents;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands.Applications;

/// <summary><c>esb list</c>: lists the applications, when they were deployed, from where and by whom.</summary>
internal static class ListCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("list", "List the applications: what each has, when it was deployed, "
            + "from where and by whom.") { CommonOptions.Json, CommonOptions.Mode };
        CommonOptions.AddSettings(command);
        command.SetAction(result => Run(result, screen));
        return command;
    }

    private static int Run(ParseResult result, Screen screen)
    {
        var folder = DeployTarget.FolderOf(CommonOptions.ReadSettingsOfDeployed(result));
        var diagnostics = new DiagnosticBag();
        if (ConfigurationFolder.Read(folder, diagnostics) is not { } files)
            throw new CommandFailure(ExitCode.Failure, [.. diagnostics]);
        var list = ApplicationList.Of(folder, files.Entries, new RevisionStore(folder).All());
        if (result.GetValue(CommonOptions.Json))
        {
            JsonOutput.Print(screen, list.ToOutput(), OutputJson.Default.ApplicationsOutput);
            return ExitCode.Done;
        }

        var lines = list.Lines(screen.Traits.IsInteractive ? screen.Traits.Width : int.MaxValue);
        if (lines.Count == 0)
            screen.Line($"No application yet in {folder}: esb deploy adds one.");
        foreach (var line in lines)
            screen.Line(line);
        return ExitCode.Done;
    }
}
