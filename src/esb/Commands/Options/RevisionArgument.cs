using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Host.Settings;

namespace Esb.Cli.Commands.Options;

/// <summary>The number of a revision on the command line, completed from the kept revisions.</summary>
internal static class RevisionArgument
{
    public static Argument<string?> Create(string name, ArgumentArity arity, string description)
    {
        var argument = new Argument<string?>(name) { Description = description, Arity = arity, HelpName = name };
        argument.CompletionSources.Add(Numbers);
        return argument;
    }

    /// <returns>Null when none was given.</returns>
    /// <exception cref="CommandFailure">The argument is not a number.</exception>
    public static int? Read(ParseResult result, Argument<string?> argument)
    {
        if (result.GetValue(argument) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw CommandFailure.Usage($"'{text}' is not a revision", "give a number that esb history lists");
    }

    private static IEnumerable<CompletionItem> Numbers(CompletionContext context)
    {
        try
        {
            var revisions = new RevisionStore(DeployTarget.FolderOf(CommonOptions.ReadSettings(context.ParseResult)))
                .All();
            return [.. revisions.Select(
                r => new CompletionItem(r.Number.ToString(CultureInfo.InvariantCulture), detail: r.Note.Command))];
        }
        catch (Exception e) when (e is CommandFailure or SettingException or IOException or UnauthorizedAccessException)
        {
            // A wrong setting is reported when the command runs, not while it is being typed.
            return [];
        }
    }
}
