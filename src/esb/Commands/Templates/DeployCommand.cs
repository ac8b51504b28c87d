using System.CommandLine;
using Esb.Cli.Bundles;
using Esb.Cli.Commands.Options;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb deploy</c>: templates become live functions, routes, tables and buckets.</summary>
internal static class DeployCommand
{
    private static readonly Option<string?> From = new("--from") { Description = "A bundle that esb bundle made, in the place of templates", HelpName = "FILE" };

    private static readonly Option<bool> AllowLoss = new("--allow-loss") { Description = "Where files are missing from the configuration folder: let go of what is served all the same" };

    private static readonly Option<bool> NoTakeover = new("--no-takeover") { Description = "Change nothing where a function, route, table or bucket of another application would be taken over" };

    public static Command Create(Screen screen)
    {
        var command = new Command("deploy", "Make SAM templates live.");
        DeployOptions.Add(command);
        command.Add(From);
        command.Add(AllowLoss);
        command.Add(NoTakeover);
        TransactionOptions.Add(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            return result.GetValue(From) is { } file
                ? FromBundleAsync(result, file, settings, screen, cancellationToken)
                : FromTemplatesAsync(Complete(result, DeployOptions.Request(result, settings)), settings, screen, cancellationToken);
        });
        return command;
    }

    private static Task<int> FromTemplatesAsync(DeployRequest request, PlatformSettings settings, Screen screen, CancellationToken cancellationToken) =>
        new Deployment(request, new TemplateSource(request, settings, TimeProvider.System), settings, screen, TimeProvider.System).RunAsync(cancellationToken);

    private static async Task<int> FromBundleAsync(ParseResult result, string file, PlatformSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        using var bundle = OpenedBundle.Of(file, screen, result.GetValue(CommonOptions.Json), cancellationToken);
        var request = Complete(result, DeployOptions.RequestFrom(result, file, bundle.Manifest));
        var source = BundleSources.Of(bundle, request, settings, TimeProvider.System);
        return await new Deployment(request, source, settings, screen, TimeProvider.System).RunAsync(cancellationToken);
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    private static DeployRequest Complete(ParseResult result, DeployRequest request) => request with
    {
        AllowLoss = result.GetValue(AllowLoss),
        NoTakeover = result.GetValue(NoTakeover),
        TellByExitCode = TransactionOptions.TellByExitCode(result),
        LockTimeout = TransactionOptions.LockTimeout(result),
        WaitTimeout = TransactionOptions.WaitTimeout(result),
    };
}
