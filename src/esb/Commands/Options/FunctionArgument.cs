using System.CommandLine;
using System.CommandLine.Completions;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;
using Esb.Host.Settings;

namespace Esb.Cli.Commands.Options;

/// <summary>A function's name on the command line, with completion, and a suggestion when it is wrong.</summary>
internal static class FunctionArgument
{
    public static Argument<T> Create<T>(ArgumentArity arity, string description)
    {
        var argument = new Argument<T>("NAME") { Description = description, Arity = arity, HelpName = "NAME" };
        argument.CompletionSources.Add(Names);
        return argument;
    }

    /// <summary>The error for an unknown function.</summary>
    public static CommandFailure Unknown(string name, IReadOnlyList<string> known)
    {
        var help = NearMiss.Question(name, known)
            ?? (known.Count == 0
                ? "nothing is deployed yet: esb deploy -t template.yaml"
                : "esb status lists those that are");
        return CommandFailure.Environment($"there is no function '{name}'", help);
    }

    private static IEnumerable<CompletionItem> Names(CompletionContext context)
    {
        try
        {
            using var gateway = GatewayConnection.Open(CommonOptions.ReadSettings(context.ParseResult));
            return [.. gateway.Admin.FunctionNamesForCompletion().Select(name => new CompletionItem(name))];
        }
        catch (Exception e) when (e is CommandFailure or SettingException)
        {
            // A wrong setting is reported when the command runs, not while it is being typed.
            return [];
        }
    }
}
