using System.CommandLine;
using Esb.Host.Settings;
using Esb.Host.Text;

namespace Esb.Cli.Commands.Options;

/// <summary>The options of commands that change the three files: timeouts, and the exit code of a dry run.</summary>
internal static class TransactionOptions
{
    private static readonly Option<string> Lock = new("--lock-timeout")
    {
        Description = "How long to wait for another deploy",
        HelpName = "TIME",
        DefaultValueFactory = _ => "5m",
    };

    private static readonly Option<string> Wait = new("--wait-timeout")
    {
        Description = "How long to wait until the gateway serves it",
        HelpName = "TIME",
        DefaultValueFactory = _ => "30s",
    };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for the gateway" };

    private static readonly Option<bool> ByExitCode =
        new("--exit-code") { Description = "With --dry-run: exit with 3 when there is something to do" };

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(24);

    public static void Add(Command command)
    {
        foreach (var option in (Option[])[ByExitCode, Lock, Wait, NoWait])
            command.Add(option);
    }

    /// <summary>For a command that waits only for other commands.</summary>
    public static void AddLockTimeout(Command command) => command.Add(Lock);

    /// <exception cref="SettingException">The value is not a duration.</exception>
    public static TimeSpan LockTimeout(ParseResult result) => Timeout(Lock, result);

    /// <returns>Zero when the command does not wait.</returns>
    /// <exception cref="SettingException">The value is not a duration.</exception>
    public static TimeSpan WaitTimeout(ParseResult result) =>
        result.GetValue(NoWait) ? TimeSpan.Zero : Timeout(Wait, result);

    /// <exception cref="CommandFailure">The option was given without <c>--dry-run</c>.</exception>
    public static bool ExitCodeShowsChanges(ParseResult result)
    {
        var name = result.CommandResult.Command.Name;
        if (result.GetValue(ByExitCode) && !result.GetValue(DeployOptions.DryRun))
            throw CommandFailure.Usage("--exit-code requires --dry-run", $"esb {name} --dry-run --exit-code");
        return result.GetValue(ByExitCode);
    }

    private static TimeSpan Timeout(Option<string> option, ParseResult result)
    {
        var text = result.GetRequiredValue(option);
        return Duration.Parse(text, MaxTimeout) ?? throw new SettingException(
            option.Name, text, $"{Duration.Form}, at most {MaxTimeout.TotalDays:0}d");
    }
}
