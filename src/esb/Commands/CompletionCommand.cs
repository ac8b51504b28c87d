using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb completion</c>.</summary>
internal static class CompletionCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("completion", "");
        command.SetAction(_ => screen.Line("not yet"));
        return command;
    }
}
