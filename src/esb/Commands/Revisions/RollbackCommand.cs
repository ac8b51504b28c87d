using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Revisions;

/// <summary><c>esb rollback</c>: restores the three files of a revision.</summary>
internal static class RollbackCommand
{
    private static readonly Argument<string?> Revision = RevisionArgument.Create(
        "REV",
        ArgumentArity.ZeroOrOne,
        "Number of a revision, see esb history (default: the state before the current one)");

    public static Command Create(Screen screen)
    {
        var command =
            new Command("rollback", "Go back to an earlier configuration; tables and buckets stay.") { Revision };
        foreach (var option in (Option[])[
            CommonOptions.Mode, DeployOptions.Verbose, DeployOptions.DryRun, CommonOptions.Json,
        ])
            command.Add(option);
        CommonOptions.AddSettings(command);
        TransactionOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            return new Rollback(Request(result, settings), settings, screen, TimeProvider.System)
                .RunAsync(cancellationToken);
        });
        return command;
    }

    private static RollbackRequest Request(ParseResult result, PlatformSettings settings) => new()
    {
        Revision = RevisionArgument.Read(result, Revision),
        Environment = settings.EnvironmentIsGiven ? settings.Environment : null,
        LockTimeout = TransactionOptions.LockTimeout(result),
        WaitTimeout = TransactionOptions.WaitTimeout(result),
        DryRun = result.GetValue(DeployOptions.DryRun),
        ExitCodeShowsChanges = TransactionOptions.ExitCodeShowsChanges(result),
        Verbose = result.GetValue(DeployOptions.Verbose),
        Json = result.GetValue(CommonOptions.Json),
    };
}
