using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb logs</c>.</summary>
internal static class LogsCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("logs", "");
        command.SetAction(_ => screen.Line("not yet"));
        return command;
    }
}
