using System.CommandLine;
using System.Text;

namespace Esb.Cli.Commands.Packaging;

/// <summary>The manual page of a command. Source: man(7).</summary>
/// <param name="Date">The date in the footer, as year-month-day.</param>
/// <param name="Version">The version in the footer.</param>
internal sealed record ManualPage(string Date, string Version)
{
    /// <summary>The page's name: <c>esb-deploy</c> for <c>esb deploy</c>.</summary>
    public static string Name(Command command) => command is RootCommand ? "esb" : $"esb-{command.Name}";

    public string Text(Command command)
    {
        var page = new StringBuilder(
            $".TH {Name(command).ToUpperInvariant()} 1 \"{Date}\" \"esb {Escaped(Version)}\" \"ESB\"\n");
        page.Append($".SH NAME\n{Wrapped($"{Name(command)} — {command.Description?.TrimEnd('.')}")}\n");
        page.Append($".SH SYNOPSIS\n{Synopsis(command)}\n");
        var commands = command.Subcommands.Where(subcommand => !subcommand.Hidden).ToList();
        Section(page, "COMMANDS", commands.Select(
            subcommand => ($"\\fB{Escaped(Name(subcommand))}\\fR(1)", subcommand.Description)));
        Section(page, "ARGUMENTS", command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => ($"\\fI{Escaped(Word(argument))}\\fR", argument.Description)));
        Section(page, "OPTIONS", command.Options.Where(option => !option.Hidden)
            .Select(option => (Spelling(option), option.Description)));
        Section(page, "EXIT STATUS", ExitStatuses);
        page.Append(".SH SEE ALSO\n").Append(command is RootCommand ? ".BR docker (1)\n" : ".BR esb (1)\n");
        return page.ToString();
    }

    private static readonly (string, string?)[] ExitStatuses =
    [
        ($"{ExitCode.Done}", "Done."),
        ($"{ExitCode.Failure}", "It could not be done; nothing is half-written."),
        (
            $"{ExitCode.Usage}",
            "The command line, a setting, a template or another file of text that was given is wrong."),
        ($"{ExitCode.Changes}", "A dry run with --exit-code found something to do."),
        ($"{ExitCode.Interrupted}", "Stopped by Ctrl-C."),
    ];

    private static string Synopsis(Command command)
    {
        var text = new StringBuilder($"\\fB{Escaped(command is RootCommand ? "esb" : $"esb {command.Name}")}\\fR");
        foreach (var argument in command.Arguments.Where(argument => !argument.Hidden))
        {
            var word = $"\\fI{Escaped(Word(argument))}\\fR";
            text.Append(
                argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $" [{word}]" : $" {word}");
        }

        if (command.Subcommands.Any(subcommand => !subcommand.Hidden))
            text.Append(" \\fICOMMAND\\fR");
        return text.Append(" [\\fIoptions\\fR]").ToString();
    }

    private static void Section(StringBuilder page, string title, IEnumerable<(string Term, string? Text)> entries)
    {
        var any = false;
        foreach (var (term, text) in entries)
        {
            if (!any)
                page.Append($".SH {title}\n");
            any = true;
            page.Append($".TP\n{term}\n{Wrapped(text ?? "")}\n");
        }
    }

    private static string Spelling(Option option)
    {
        var names = string.Join(", ", option.Aliases.Prepend(option.Name)
            .Where(name => name[0] == '-' && name != "-?").Distinct()
            .OrderBy(name => name.StartsWith("--", StringComparison.Ordinal))
            .Select(name => $"\\fB{Escaped(name)}\\fR"));
        var takesValue = option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);
        return takesValue ? $"{names} \\fI{Escaped(option.HelpName ?? "VALUE")}\\fR" : names;
    }

    private static string Word(Argument argument) => argument.HelpName ?? argument.Name.ToUpperInvariant();

    // Viewers join the lines of the source; mandoc(1) expects short lines.
    private static string Wrapped(string text)
    {
        const int longest = 80;
        var lines = new StringBuilder();
        var width = 0;
        foreach (var word in text.Split(' ').Select(Escaped))
        {
            var breaks = width > 0 && width + 1 + word.Length > longest;
            lines.Append(width == 0 ? "" : breaks ? "\n" : " ").Append(word);
            width = breaks || width == 0 ? word.Length : width + 1 + word.Length;
        }

        return lines.ToString();
    }

    // An unescaped hyphen becomes a typographic one, which breaks copied commands; only the one between name and
    // description stays. A dot or quote at the start of a line would be a request.
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text is ['.' or '\'', ..] ? "\\&" : "");
        foreach (var c in text)
            escaped.Append(c switch
            {
                '\\' => "\\e",
                '-' or '—' => "\\-",
                > '~' => $"\\[u{(int)c:X4}]",
                _ => c.ToString(),
            });
        return escaped.ToString();
    }
}
