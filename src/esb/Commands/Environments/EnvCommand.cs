using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Environments;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Environments;

/// <summary><c>esb env</c>: which environments this machine has, and which one is meant where none is named.</summary>
internal static class EnvCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = "The environment (default: say which one it is)", HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne };

    public static Command Create(Screen screen) => new("env", "List the environments of this machine; choose the one that is meant where none is named.")
    {
        List(screen),
        Default(screen),
    };

    private static Command List(Screen screen)
    {
        var command = new Command("list", "List the environments: which is the default, what runs, where it answers, where its data are.") { CommonOptions.Json, CommonOptions.EnvFile };
        command.SetAction(result =>
        {
            var list = EnvironmentList.Read(CommonOptions.Sources(result));
            if (result.GetValue(CommonOptions.Json))
            {
                JsonOutput.Print(screen, list.Write);
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
        var command = new Command("default", "Choose the environment that commands mean which are told none.") { Name, CommonOptions.EnvFile };
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
