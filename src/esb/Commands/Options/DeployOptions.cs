using System.CommandLine;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;

namespace Esb.Cli.Commands.Options;

/// <summary>The options that <c>esb deploy</c> and <c>esb build</c> have in common.</summary>
internal static class DeployOptions
{
    private static readonly Option<string> Environment = new(TemplateOptions.EnvironmentOption, "-e") { Description = "Name of the environment", HelpName = "NAME", DefaultValueFactory = _ => "dev" };

    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Folder for the generated files and the receipt (default: .esb/ENV)", HelpName = "FOLDER" };

    private static readonly Option<bool> NoCache = new("--no-cache") { Description = "Build everything and install dependencies anew" };

    public static Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Show every change and every note about the template" };

    public static Option<bool> DryRun { get; } = new("--dry-run") { Description = "Show what would change; build and touch nothing" };

    public static void Add(Command command)
    {
        TemplateOptions.Add(command);
        foreach (var option in (Option[])[Environment, CommonOptions.Mode, Output, NoCache, Verbose, DryRun, CommonOptions.Json])
            command.Add(option);
        CommonOptions.AddSettings(command);
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    public static DeployRequest Request(ParseResult result, PlatformSettings settings)
    {
        var environment = EnvironmentName(result.GetRequiredValue(Environment));
        return new DeployRequest
        {
            Templates = TemplateOptions.Templates(result),
            Parameters = TemplateOptions.Overrides(result),
            Reading = TemplateOptions.Reading(result),
            Environment = environment,
            Mode = settings.Mode,
            OutputFolder = Path.GetFullPath(result.GetValue(Output) ?? Path.Combine(".esb", environment)),
            LockTimeout = TimeSpan.Zero,
            WaitTimeout = TimeSpan.Zero,
            BuildAgain = result.GetValue(NoCache),
            DryRun = result.GetValue(DryRun),
            Verbose = result.GetValue(Verbose),
            Json = result.GetValue(CommonOptions.Json),
        };
    }

    /// <exception cref="CommandFailure">It is no name of an environment.</exception>
    public static string EnvironmentName(string name) =>
        name.Length is > 0 and <= 63 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? name
            : throw CommandFailure.Setting("--env", name, "a letter or digit, then letters, digits, '.', '-' and '_', at most 63 in all");
}
