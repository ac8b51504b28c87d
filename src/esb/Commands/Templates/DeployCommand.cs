using Esb.Cli.Commands.Options;
using System.CommandLine;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb deploy</c>: templates become live functions, routes, tables and buckets.</summary>
internal static class DeployCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("deploy", "Make SAM templates live.");
        DeployOptions.Add(command);
        TransactionOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            return new Deployment(Request(result, settings), settings, screen, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    private static DeployRequest Request(ParseResult result, PlatformSettings settings) => DeployOptions.Request(result, settings) with
    {
        TellByExitCode = TransactionOptions.TellByExitCode(result),
        LockTimeout = TransactionOptions.LockTimeout(result),
        WaitTimeout = TransactionOptions.WaitTimeout(result),
    };
}
