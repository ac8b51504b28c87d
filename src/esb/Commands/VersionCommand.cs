using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary>
/// <c>esb version</c>, for help and completion only; <c>Program.cs</c> handles the call before this command is created.
/// </summary>
internal static class VersionCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ => screen.Line(ProductVersion.Text));
        return command;
    }
}
