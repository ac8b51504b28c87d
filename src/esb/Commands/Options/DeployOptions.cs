using System.CommandLine;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Sam;

namespace Esb.Cli.Commands.Options;

/// <summary>The options that <c>esb deploy</c> and <c>esb build</c> have in common.</summary>
internal static class DeployOptions
{
    private static readonly Option<string?> Output = new("--output", "-o")
    {
        Description = "Folder for the generated files and the receipt (default: .esb/ENV)",
        HelpName = "FOLDER",
    };

    private static readonly Option<bool> NoCache =
        new("--no-cache") { Description = "Build everything and install dependencies again" };

    public static Option<bool> Verbose { get; } =
        new("--verbose", "-v") { Description = "Show every change and every note about the template" };

    public static Option<bool> DryRun { get; } =
        new("--dry-run") { Description = "Show what would change; build and touch nothing" };

    public static void Add(Command command)
    {
        AddBuilding(command);
        command.Add(Output);
        command.Add(DryRun);
    }

    /// <summary>The options that decide what is built and how.</summary>
    public static void AddBuilding(Command command)
    {
        TemplateOptions.Add(command);
        foreach (var option in (Option[])[CommonOptions.Mode, NoCache, Verbose, CommonOptions.Json])
            command.Add(option);
        CommonOptions.AddSettings(command);
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    public static DeployRequest Request(ParseResult result, PlatformSettings settings) =>
        Request(
            result,
            TemplateOptions.Templates(result, settings.EnvironmentOfDeploys),
            settings.EnvironmentOfDeploys,
            settings.Mode) with
        {
            Parameters = TemplateOptions.Overrides(result, settings.EnvironmentOfDeploys),
            Reading = TemplateOptions.Reading(result, settings.EnvironmentOfDeploys),
            BuildAgain = result.GetValue(NoCache),
        };

    /// <summary>
    /// Refuses options that were fixed when the bundle was made. The application is allowed: naming it confirms the one
    /// in the bundle.
    /// </summary>
    /// <exception cref="CommandFailure">An option for reading or building was given.</exception>
    public static void RequireNoBuilding(ParseResult result)
    {
        // --strict is allowed, since it concerns the deploy and what the bundle recorded.
        var building = TemplateOptions.All.Except([TemplateOptions.Stack, TemplateOptions.Strict])
            .Concat([CommonOptions.Environment, NoCache])
            .FirstOrDefault(o => result.GetResult(o) is { Implicit: false });
        if (building is not null)
            throw CommandFailure.Usage(
                $"{building.Name} cannot be combined with --from: it was fixed when the bundle was made",
                "esb deploy --from site.esb, or esb deploy -t template.yaml");
    }

    /// <summary>A request for a bundle.</summary>
    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    public static DeployRequest RequestFrom(
        ParseResult result, string file, BundleManifest manifest, PlatformSettings settings) =>
        Request(
            result,
            manifest.Templates,
            manifest.IsForAnyEnvironment ? settings.EnvironmentOfDeploys : manifest.Environment,
            manifest.Mode) with
        {
            From = file,
            Reading = new SamOptions
            {
                Application = TemplateOptions.Named(result),
                Strict = result.GetValue(TemplateOptions.Strict),
            },
        };

    private static DeployRequest Request(
        ParseResult result,
        IReadOnlyList<string> templates,
        string environment,
        PlatformMode mode) => new()
        {
            Templates = templates,
            Environment = environment,
            Mode = mode,
            OutputFolder = Path.GetFullPath(Given(result, Output) ?? DefaultOutput(environment)),
            LockTimeout = TimeSpan.Zero,
            WaitTimeout = TimeSpan.Zero,
            DryRun = Given(result, DryRun),
            Verbose = result.GetValue(Verbose),
            Json = result.GetValue(CommonOptions.Json),
        };

    // A checked-out repository may contain a link to any of the user's folders.
    private static string DefaultOutput(string environment)
    {
        var folder = Path.Combine(".esb", environment);
        foreach (var path in (string[])[".esb", folder])
        {
            if (new DirectoryInfo(path).LinkTarget is { } target)
                throw CommandFailure.Usage(
                    $"{path}, where generated files go, is a link to {target}",
                    "remove it, or name the folder with --output");
        }

        return folder;
    }

    // Not every command has every option.
    private static T? Given<T>(ParseResult result, Option<T> option) =>
        result.CommandResult.Command.Options.Contains(option) ? result.GetValue(option) : default;
}
