using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Modes;
using Esb.Cli.Removing.Data;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Applications;

/// <summary><c>esb restore</c>: what tables and buckets held before they were deleted.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> Snapshot = new("FILE") { Description = "The snapshot, as esb remove --delete-data named it" };

    public static Command Create(Screen screen)
    {
        var command = new Command("restore", "Put a snapshot back into its tables and buckets; what has the same key is replaced.") { Snapshot, CommonOptions.Mode };
        CommonOptions.AddSettings(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            var path = Path.GetFullPath(result.GetRequiredValue(Snapshot));
            return new DataRestore(path, IKeptCode.Of(settings).Target, screen, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }
}
