using System.CommandLine;
using Esb.Cli.Deploying.Templates;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands;

/// <summary>The options that say which templates, and with which parameters; the same on every command that reads templates.</summary>
internal static class TemplateOptions
{
    private static readonly string[] Usual = ["template.yaml", "template.yml", "template.json"];

    private static readonly Option<string[]> Template = new("--template", "-t")
    {
        Description = "SAM template; repeatable, a later one wins (default: template.yaml or template.yml here)",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Parameters = new("--parameter-overrides")
    {
        Description = "Parameters of the template: Key=Value … or ParameterKey=Key,ParameterValue=Value …",
        HelpName = "PAIRS",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    public static void Add(Command command)
    {
        command.Add(Template);
        command.Add(Parameters);
    }

    /// <exception cref="CommandFailure">None was named and none is here.</exception>
    public static IReadOnlyList<string> Templates(ParseResult result)
    {
        if (result.GetValue(Template) is { Length: > 0 } named)
            return named;
        return Usual.FirstOrDefault(File.Exists) is { } usual
            ? [usual]
            : throw CommandFailure.Usage("there is no template.yaml or template.yml in this folder", "name the template with -t FILE");
    }

    /// <exception cref="CommandFailure">Something is not a pair.</exception>
    public static IReadOnlyDictionary<string, string> Overrides(ParseResult result)
    {
        var diagnostics = new DiagnosticBag();
        var values = ParameterOverrides.Parse(result.GetValue(Parameters) ?? [], diagnostics);
        return diagnostics.HasErrors ? throw new CommandFailure(ExitCode.Usage, [.. diagnostics]) : values;
    }
}
