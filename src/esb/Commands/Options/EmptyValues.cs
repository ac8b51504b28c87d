using System.CommandLine;
using System.CommandLine.Parsing;

namespace Esb.Cli.Commands.Options;

/// <summary>
/// Refuses empty values, such as that of <c>-o "$UNSET"</c>. If an empty value counted as not given, the command would
/// use an unintended file, folder or platform.
/// </summary>
internal static class EmptyValues
{
    // An empty list of overrides is valid; an empty template name has its own message.
    private static readonly string[] Lists = ["--parameter-overrides", "--template"];

    /// <exception cref="CommandFailure">A value is empty.</exception>
    public static void Refuse(ParseResult result)
    {
        foreach (var symbol in result.CommandResult.Children)
        {
            var (name, wanted) = symbol switch
            {
                OptionResult option when !Lists.Contains(option.Option.Name) =>
                    (option.Option.Name, option.Option.HelpName),
                ArgumentResult argument => (argument.Argument.Name, argument.Argument.HelpName),
                _ => ("", null),
            };
            if (name.Length > 0 && symbol.Tokens.Any(t => t.Type == TokenType.Argument && t.Value.Length == 0))
                throw CommandFailure.Usage(
                    $"{name} is empty", $"give it a value, as in {name} {wanted ?? "VALUE"}, or leave it out");
        }
    }
}
