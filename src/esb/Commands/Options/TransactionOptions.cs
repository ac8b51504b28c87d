using System.CommandLine;
using Esb.Host.Settings;
using Esb.Host.Text;

namespace Esb.Cli.Commands.Options;

/// <summary>The options of commands that change the three files: how long is waited, and what a dry run says.</summary>
internal static class TransactionOptions
{
    private static readonly Option<string> Lock = new("--lock-timeout") { Description = "How long to wait for another deploy", HelpName = "TIME", DefaultValueFactory = _ => "5m" };

    private static readonly Option<string> Wait = new("--wait-timeout") { Description = "How long to wait until the gateway serves it", HelpName = "TIME", DefaultValueFactory = _ => "30s" };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for the gateway" };

    private static readonly Option<bool> ByExitCode = new("--exit-code") { Description = "With --dry-run: end with 3 when there is something to do" };

    private static readonly TimeSpan LongestPatience = TimeSpan.FromDays(24);

    public static void Add(Command command)
    {
        foreach (var option in (Option[])[ByExitCode, Lock, Wait, NoWait])
            command.Add(option);
    }

    /// <summary>For a command that waits for others only.</summary>
    public static void AddLockTimeout(Command command) => command.Add(Lock);

    /// <exception cref="SettingException">It is not a duration.</exception>
    public static TimeSpan LockTimeout(ParseResult result) => Patience(Lock, result);

    /// <returns>Zero when nobody is waited for.</returns>
    /// <exception cref="SettingException">It is not a duration.</exception>
    public static TimeSpan WaitTimeout(ParseResult result) => result.GetValue(NoWait) ? TimeSpan.Zero : Patience(Wait, result);

    /// <exception cref="CommandFailure">It was given without the dry run that it belongs to.</exception>
    public static bool TellByExitCode(ParseResult result)
    {
        var name = result.CommandResult.Command.Name;
        if (result.GetValue(ByExitCode) && !result.GetValue(DeployOptions.DryRun))
            throw CommandFailure.Usage("--exit-code goes with --dry-run only", $"esb {name} --dry-run --exit-code");
        return result.GetValue(ByExitCode);
    }

    private static TimeSpan Patience(Option<string> option, ParseResult result)
    {
        var text = result.GetRequiredValue(option);
        return Duration.Parse(text, LongestPatience) ?? throw new SettingException(option.Name, text, $"{Duration.Form}, at most {LongestPatience.TotalDays:0}d");
    }
}
