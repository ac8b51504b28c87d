using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb version</c> for the help and for completion; <c>Program.cs</c> answers it before this is made.</summary>
internal static class VersionCommand
{
    public static Command Create(Screen screen)
    {
        var command = new Command("version", "Print the version.");
        command.SetAction(_ => screen.Line(ProductVersion.Text));
        return command;
    }
}
