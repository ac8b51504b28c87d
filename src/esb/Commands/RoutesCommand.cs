using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb routes</c>.</summary>
internal static class RoutesCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("routes", "");
        command.SetAction(_ => screen.Line("not yet"));
        return command;
    }
}
