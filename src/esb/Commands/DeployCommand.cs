using System.CommandLine;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb deploy</c>: templates become live functions, routes, tables and buckets.</summary>
internal static class DeployCommand
{
    private static readonly Option<string> LockTimeout = new("--lock-timeout") { Description = "How long to wait for another deploy", HelpName = "TIME", DefaultValueFactory = _ => "5m" };

    private static readonly Option<string> WaitTimeout = new("--wait-timeout") { Description = "How long to wait until the gateway serves it", HelpName = "TIME", DefaultValueFactory = _ => "30s" };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for the gateway" };

    public static Command Create(Screen screen)
    {
        var command = new Command("deploy", "Make SAM templates live.");
        DeployOptions.Add(command);
        foreach (var option in (Option[])[LockTimeout, WaitTimeout, NoWait])
            command.Add(option);
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
        LockTimeout = Duration.Parse("--lock-timeout", result.GetRequiredValue(LockTimeout)),
        WaitTimeout = result.GetValue(NoWait) ? TimeSpan.Zero : Duration.Parse("--wait-timeout", result.GetRequiredValue(WaitTimeout)),
    };
}
