using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Modes;
using Esb.Cli.Removing.Data;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Applications;

/// <summary><c>esb restore</c>: restores tables and buckets from a data snapshot.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Snapshot =
        new("FILE") { Description = "The snapshot that esb remove --delete-data wrote" };

    public static Command Create(Screen screen)
    {
        var command = new Command("restore", "Put a snapshot back into its tables and buckets; "
            + "data with the same key is replaced.") { Snapshot, CommonOptions.Mode };
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            var path = Path.GetFullPath(result.GetRequiredValue(Snapshot));
            return new DataRestore(path, ICodeAvailability.Of(settings).Target, screen, TimeProvider.System)
                .RunAsync(cancellationToken);
        });
        return command;
    }
}
