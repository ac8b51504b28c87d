using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb status</c>.</summary>
internal static class StatusCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("status", "");
        command.SetAction(_ => screen.Line("not yet"));
        return command;
    }
}
