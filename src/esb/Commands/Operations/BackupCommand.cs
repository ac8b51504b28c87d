using System.CommandLine;
using Esb.Cli.Backups;
using Esb.Cli.Commands.Options;
using Esb.Cli.Documents;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb backup</c>: writes all data of the stores into one file.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "The file to write, such as esb.tar" };

    public static Command Create(Screen screen)
    {
        var command = new Command("backup", "Save all tables and buckets in one file, while they are used.")
        {
            File, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddSettings(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            var path = Path.GetFullPath(result.GetRequiredValue(File));
            ProjectLinks.Refuse(path);
            var json = result.GetValue(CommonOptions.Json);
            var lines = json ? screen.WithoutOutput() : screen;
            var written = await new BackupRun(path, settings, lines, TimeProvider.System).RunAsync(cancellationToken);
            if (json)
                JsonOutput.Print(screen, written, OutputJson.Default.BackupOutput);
            return ExitCode.Done;
        });
        return command;
    }
}
