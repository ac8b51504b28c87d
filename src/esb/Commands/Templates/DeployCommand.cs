using System.CommandLine;
using Esb.Cli.Bundles;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb deploy</c>: creates and updates functions, routes, tables and buckets from templates.</summary>
internal static class DeployCommand
{
    private static readonly Option<string?> From =
        new("--from") { Description = "A bundle made by esb bundle, instead of templates", HelpName = "FILE" };

    private static readonly Option<bool> AllowLoss = new("--allow-loss")
    {
        Description = "Deploy although files are missing from the configuration folder, and lose what they served",
    };

    private static readonly Option<bool> NoTakeover = new("--no-takeover")
    {
        Description =
            "Change nothing if a function, route, table or bucket of another application would be taken over",
    };

    private static readonly Option<bool> Prune = new("--prune")
    {
        Description =
            "Remove what the templates of the application no longer contain; data in tables and buckets stays",
    };

    public static Command Create(Screen screen)
    {
        var command = new Command("deploy", "Make SAM templates live.");
        DeployOptions.Add(command);
        command.Add(From);
        command.Add(AllowLoss);
        command.Add(NoTakeover);
        command.Add(Prune);
        TransactionOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            if (result.GetValue(From) is { } file)
                return FromBundleAsync(result, file, screen, cancellationToken);
            var settings = CommonOptions.ReadSettings(result);
            return FromTemplatesAsync(
                Complete(result, DeployOptions.Request(result, settings)), settings, screen, cancellationToken);
        });
        return command;
    }

    private static Task<int> FromTemplatesAsync(
        DeployRequest request, PlatformSettings settings, Screen screen, CancellationToken cancellationToken) =>
        new Deployment(
            request, new TemplateSource(request, settings, TimeProvider.System), settings, screen, TimeProvider.System)
            .RunAsync(cancellationToken);

    private static async Task<int> FromBundleAsync(
        ParseResult result, string file, Screen screen, CancellationToken cancellationToken)
    {
        using var bundle = OpenedBundle.Of(file, screen, result.GetValue(CommonOptions.Json), cancellationToken);
        DeployOptions.RequireNoBuilding(result);
        var settings = OfBundle(result, bundle.Manifest);
        var request = Complete(result, DeployOptions.RequestFrom(result, file, bundle.Manifest, settings));
        var source = BundleSources.Of(bundle, request, settings, TimeProvider.System);
        return await new Deployment(request, source, settings, screen, TimeProvider.System).RunAsync(cancellationToken);
    }

    // A bundle for one environment is not deployed to another. A bundle that an earlier version made without naming an
    // environment contains the name dev, which does not mark a platform.
    private static PlatformSettings OfBundle(ParseResult result, BundleManifest manifest)
    {
        if (manifest.IsForAnyEnvironment)
            return CommonOptions.ReadSettings(result);
        var settings = CommonOptions.ReadSettings(
            result, sources: CommonOptions.Sources(result).With(SettingNames.Environment, manifest.Environment));
        return manifest.Environment == EnvironmentMark.Unnamed
            ? settings with { EnvironmentIsGiven = false }
            : settings;
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    private static DeployRequest Complete(ParseResult result, DeployRequest request) =>
        RequireName(result.GetValue(Prune), request) with
        {
            AllowLoss = result.GetValue(AllowLoss),
            NoTakeover = result.GetValue(NoTakeover),
            Prune = result.GetValue(Prune),
            ExitCodeShowsChanges = TransactionOptions.ExitCodeShowsChanges(result),
            LockTimeout = TransactionOptions.LockTimeout(result),
            WaitTimeout = TransactionOptions.WaitTimeout(result),
        };

    // The default name is that of the folder. The folder of another project may have the same name, and --prune would
    // then remove what that project deployed.
    private static DeployRequest RequireName(bool prune, DeployRequest request) =>
        prune && request.Reading.Application is null
            ? throw CommandFailure.Usage("--prune needs the name of the application", "give it with --stack NAME, "
            + "or as stack_name in samconfig.toml: folders of other projects may have the name of this one")
            : request;
}
