using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb invoke</c>.</summary>
internal static class InvokeCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("invoke", "");
        command.SetAction(_ => screen.Line("not yet"));
        return command;
    }
}
