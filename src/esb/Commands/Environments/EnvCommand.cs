using System.CommandLine;
using System.CommandLine.Completions;
using Esb.Cli.Commands.Options;
using Esb.Cli.Documents;
using Esb.Cli.Environments;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Settings;

namespace Esb.Cli.Commands.Environments;

/// <summary><c>esb env</c>: lists and removes environments of this machine, and sets the default one.</summary>
internal static class EnvCommand
{
    private static readonly Argument<string?> Name = Names<string?>(
        "The environment (default: print the current one)", ArgumentArity.ZeroOrOne);

    private static readonly Argument<string> Removed = Names<string>(
        "The environment to remove, see esb env list", ArgumentArity.ExactlyOne);

    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask first" };

    private static readonly Option<string?> Confirm =
        new("--confirm") { Description = "With --yes, for the default environment: its name again", HelpName = "NAME" };

    public static Command Create(Screen screen) => new(
        "env", "List the environments of this machine, choose the default one, or remove one.")
    {
        List(screen),
        Default(screen),
        Remove(screen),
    };

    private static Command Remove(Screen screen)
    {
        var command = new Command(
            "remove",
            "Remove an environment that is down, with its configuration and all data in its tables and buckets.")
        {
            Removed, Yes, Confirm, DeployOptions.DryRun, CommonOptions.EnvFile,
        };
        TransactionOptions.AddLockTimeout(command);
        command.SetAction((result, cancellationToken) =>
        {
            var request = new EnvironmentRemovalRequest(result.GetValue(Removed)!)
            {
                Confirmed = result.GetValue(Confirm),
                Yes = result.GetValue(Yes),
                DryRun = result.GetValue(DeployOptions.DryRun),
                LockTimeout = TransactionOptions.LockTimeout(result),
            };
            if (request is { Yes: false, DryRun: false } && Console.IsInputRedirected)
                throw CommandFailure.Usage(
                    "the removal cannot be confirmed here", "give --yes, or preview it with --dry-run");
            return new EnvironmentRemoval(
                request, CommonOptions.Sources(result), screen, question => Question.Ask(question, screen))
                .RunAsync(cancellationToken);
        });
        return command;
    }

    private static Argument<T> Names<T>(string description, ArgumentArity arity)
    {
        var argument = new Argument<T>("NAME") { Description = description, HelpName = "NAME", Arity = arity };
        argument.CompletionSources.Add(context =>
        {
            try
            {
                return [.. EnvironmentList.Read(CommonOptions.Sources(context.ParseResult))
                    .Names.Select(name => new CompletionItem(name))];
            }
            catch (Exception e) when (e is CommandFailure or SettingException)
            {
                // A wrong setting is reported when the command runs, not while it is being typed.
                return [];
            }
        });
        return argument;
    }

    private static Command List(Screen screen)
    {
        var command = new Command("list", "List the environments: the default, what is running, "
            + "and the address and data of each.") { CommonOptions.Json, CommonOptions.EnvFile };
        command.SetAction(result =>
        {
            var list = EnvironmentList.Read(CommonOptions.Sources(result));
            if (result.GetValue(CommonOptions.Json))
            {
                JsonOutput.Print(screen, list.ToOutput(), OutputJson.Default.IReadOnlyListEnvironmentOutput);
                return ExitCode.Done;
            }

            var lines = list.Lines(screen.Traits.IsInteractive ? screen.Traits.Width : int.MaxValue);
            if (lines.Count == 0)
                screen.Line("No environment yet on this machine: esb up starts one.");
            foreach (var line in lines)
                screen.Line(line);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Default(Screen screen)
    {
        var command = new Command("default", "Choose the environment of commands that name none.")
        {
            Name, CommonOptions.EnvFile,
        };
        command.SetAction(result =>
        {
            var list = EnvironmentList.Read(CommonOptions.Sources(result));
            if (result.GetValue(Name) is { } name)
                screen.Line($"The default environment is now {list.SetDefault(name)}.");
            else
                screen.Line(list.Default);
            return ExitCode.Done;
        });
        return command;
    }
}
