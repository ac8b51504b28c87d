using System.CommandLine;
using System.CommandLine.Parsing;

namespace Esb.Cli.Commands.Options;

/// <summary>
/// An option or argument with an empty text, as <c>-o "$UNSET"</c> leaves one behind, names nothing. Taken for "not given" it would stand for another file, folder or
/// platform than the one that was meant.
/// </summary>
internal static class EmptyValues
{
    // Nothing to override is a list like any other; what is said of templates says more.
    private static readonly string[] Lists = ["--parameter-overrides", "--template"];

    /// <exception cref="CommandFailure">There is one.</exception>
    public static void Refuse(ParseResult result)
    {
        foreach (var symbol in result.CommandResult.Children)
        {
            var (name, wanted) = symbol switch
            {
                OptionResult option when !Lists.Contains(option.Option.Name) => (option.Option.Name, option.Option.HelpName),
                ArgumentResult argument => (argument.Argument.Name, argument.Argument.HelpName),
                _ => ("", null),
            };
            if (name.Length > 0 && symbol.Tokens.Any(t => t.Type == TokenType.Argument && t.Value.Length == 0))
                throw CommandFailure.Usage($"{name} is empty", $"give it a value, as in {name} {wanted ?? "VALUE"}, or leave it out");
        }
    }
}
