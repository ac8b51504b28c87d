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
    private static readonly Option<string> LockTimeout = new("--lock-timeout") { Description = "How long to wait for another deploy", HelpName = "TIME", DefaultValueFactory = _ => "5m" };

    private static readonly Option<string> WaitTimeout = new("--wait-timeout") { Description = "How long to wait until the gateway serves it", HelpName = "TIME", DefaultValueFactory = _ => "30s" };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for the gateway" };

    private static readonly Option<bool> TellByExitCode = new("--exit-code") { Description = "With --dry-run: end with 3 when there is something to do" };

    public static Command Create(Screen screen)
    {
        var command = new Command("deploy", "Make SAM templates live.");
        DeployOptions.Add(command);
        foreach (var option in (Option[])[TellByExitCode, LockTimeout, WaitTimeout, NoWait])
            command.Add(option);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            return new Deployment(Request(result, settings), settings, screen, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    private static DeployRequest Request(ParseResult result, PlatformSettings settings)
    {
        var request = DeployOptions.Request(result, settings);
        if (result.GetValue(TellByExitCode) && !request.DryRun)
            throw CommandFailure.Usage("--exit-code goes with --dry-run only", "esb deploy --dry-run --exit-code");
        return request with
        {
            TellByExitCode = result.GetValue(TellByExitCode),
            LockTimeout = Duration.Parse("--lock-timeout", result.GetRequiredValue(LockTimeout)),
            WaitTimeout = result.GetValue(NoWait) ? TimeSpan.Zero : Duration.Parse("--wait-timeout", result.GetRequiredValue(WaitTimeout)),
        };
    }
}
