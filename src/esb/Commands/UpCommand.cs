using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb up</c>.</summary>
internal static class UpCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("up", "");
        command.SetAction(_ => screen.Line("not yet"));
        return command;
    }
}
