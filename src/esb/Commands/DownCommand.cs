using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb down</c>.</summary>
internal static class DownCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("down", "");
        command.SetAction(_ => screen.Line("not yet"));
        return command;
    }
}
