using System.CommandLine;
using Esb.Cli.Bundles;
using Esb.Cli.Commands.Options;
using Esb.Cli.Documents;
using Esb.Cli.Environments;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb bundle</c>: templates and all that their functions run from in one file, for a machine without a network.</summary>
internal static class BundleCommand
{
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The file that is made, usually NAME.esb", HelpName = "FILE", Required = true };

    private static readonly Option<bool> WithoutPlatform = new("--without-platform") { Description = "Leave out what the platform itself pulls or installs: its images, in process mode its database" };

    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Show every file with its sum" };

    private static readonly Argument<string> File = new("FILE") { Description = "The bundle", HelpName = "FILE" };

    public static Command Create(Screen screen)
    {
        var command = new Command("bundle", "Put templates and what they run from into one file, for esb deploy --from.") { Output, WithoutPlatform };
        DeployOptions.AddBuilding(command);
        command.Add(Show(screen));
        command.Add(Load(screen));
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result, EnvironmentUse.Name);
            var request = new BundleRequest(DeployOptions.Request(result, settings) with { ForBundle = true }, result.GetRequiredValue(Output), ProductVersion.Text)
            {
                WithPlatform = !result.GetValue(WithoutPlatform),
            };
            return new Bundling(request, settings, screen, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    private static Command Show(Screen screen)
    {
        var command = new Command("show", "Read a bundle from beginning to end and say what is in it.") { File, Verbose, CommonOptions.Json };
        command.SetAction(async (result, cancellationToken) =>
        {
            var (file, asJson) = (result.GetRequiredValue(File), result.GetValue(CommonOptions.Json));
            using var bundle = OpenedBundle.Of(file, screen, asJson, cancellationToken);
            var report = new BundleReport(file, bundle.Manifest, bundle.Length, await bundle.SumAsync(cancellationToken));
            if (asJson)
                JsonOutput.Print(screen, report.ToOutput(), OutputJson.Default.BundleDescription);
            foreach (var line in asJson ? [] : report.Lines(result.GetValue(Verbose)))
                screen.Line(line);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Load(Screen screen)
    {
        var command = new Command("load", "Make what the platform of a bundle starts from lie ready here; with images, those of functions too.") { File };
        CommonOptions.AddPlatform(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var bundle = OpenedBundle.Of(result.GetRequiredValue(File), screen, quiet: false, cancellationToken);
            return await new PlatformLoading(bundle, CommonOptions.ReadSettings(result).State, screen, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }
}
