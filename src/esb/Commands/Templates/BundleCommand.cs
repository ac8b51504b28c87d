using System.CommandLine;
using Esb.Cli.Bundles;
using Esb.Cli.Commands.Options;
using Esb.Cli.Documents;
using Esb.Cli.Environments;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb bundle</c>: writes templates, code and images to a file for machines without a network.</summary>
internal static class BundleCommand
{
    private static readonly Option<string> Output = new("--output", "-o")
    {
        Description = "The bundle to write, usually NAME.esb",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Option<bool> WithoutPlatform = new("--without-platform")
    {
        Description = "Leave out the images of the platform itself",
    };

    private static readonly Option<bool> Verbose =
        new("--verbose", "-v") { Description = "Show every file with its checksum" };

    private static readonly Argument<string> File = new("FILE") { Description = "The bundle", HelpName = "FILE" };

    public static Command Create(Screen screen)
    {
        var command = new Command("bundle", "Put templates, code and images into one file, for esb deploy --from.")
        {
            Output, WithoutPlatform,
        };
        DeployOptions.AddBuilding(command);
        command.Add(Show(screen));
        command.Add(Load(screen));
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result, EnvironmentUse.Name);
            var request = new BundleRequest(
                DeployOptions.Request(result, settings) with { ForBundle = true },
                result.GetRequiredValue(Output),
                ProductVersion.Text)
            {
                WithPlatform = !result.GetValue(WithoutPlatform),
            };
            return new Bundling(request, settings, screen, TimeProvider.System).RunAsync(cancellationToken);
        });
        return command;
    }

    private static Command Show(Screen screen)
    {
        var command = new Command("show", "Check a bundle completely and show its content.")
        {
            File, Verbose, CommonOptions.Json,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            var (file, asJson) = (result.GetRequiredValue(File), result.GetValue(CommonOptions.Json));
            using var bundle = OpenedBundle.Of(file, screen, asJson, cancellationToken);
            var report = new BundleReport(
                file, bundle.Manifest, bundle.Length, await bundle.SumAsync(cancellationToken));
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
        var command = new Command("load", "Load the images of a bundle's platform.") { File };
        CommonOptions.AddPlatform(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            using var bundle = OpenedBundle.Of(result.GetRequiredValue(File), screen, quiet: false, cancellationToken);
            return await new PlatformLoading(
                bundle, CommonOptions.ReadSettings(result).State, screen, TimeProvider.System)
                .RunAsync(cancellationToken);
        });
        return command;
    }
}
