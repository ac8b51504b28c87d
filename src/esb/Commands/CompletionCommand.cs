using System.CommandLine;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands;

/// <summary><c>esb completion</c>: prints a script for a shell to complete commands, options and functions.</summary>
internal static class CompletionCommand
{
    // Each script runs "esb [suggest:POSITION] LINE", for which System.CommandLine prints one suggestion per line.
    private const string Bash = """
        # In ~/.bashrc: eval "$(esb completion bash)"
        _esb() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(esb "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _esb esb
        """;

    private const string Zsh = """
        # In ~/.zshrc, after compinit: eval "$(esb completion zsh)"
        _esb() {
          local -a names
          names=("${(@f)$(esb "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a names || _files
        }
        compdef _esb esb
        """;

    private const string Fish = """
        # In ~/.config/fish/config.fish: esb completion fish | source
        complete -c esb -a '(esb "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'
        """;

    private static readonly Argument<string> Shell = new("SHELL") { Description = "bash, zsh or fish" };

    public static Command Create(Screen screen)
    {
        Shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        var command = new Command("completion", "Print the script that completes esb in a shell.") { Shell };
        command.SetAction(result => screen.Line(result.GetValue(Shell) switch
        {
            "zsh" => Zsh,
            "fish" => Fish,
            _ => Bash,
        }));
        return command;
    }
}
