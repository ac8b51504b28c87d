using Esb.Cli.Commands.Options;
using System.CommandLine;
using Esb.Cli.Bundles;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Templates;

/// <summary><c>esb deploy</c>: templates become live functions, routes, tables and buckets.</summary>
internal static class DeployCommand
{
    private static readonly Option<string> LockTimeout = new("--lock-timeout") { Description = "How long to wait for another deploy", HelpName = "TIME", DefaultValueFactory = _ => "5m" };

    private static readonly Option<string> WaitTimeout = new("--wait-timeout") { Description = "How long to wait until the gateway serves it", HelpName = "TIME", DefaultValueFactory = _ => "30s" };

    private static readonly Option<bool> NoWait = new("--no-wait") { Description = "Do not wait for the gateway" };

    private static readonly Option<bool> TellByExitCode = new("--exit-code") { Description = "With --dry-run: end with 3 when there is something to do" };

    private static readonly Option<string?> From = new("--from") { Description = "A bundle that esb bundle made, in the place of templates", HelpName = "FILE" };

    public static Command Create(Screen screen)
    {
        var command = new Command("deploy", "Make SAM templates live.");
        DeployOptions.Add(command);
        foreach (var option in (Option[])[From, TellByExitCode, LockTimeout, WaitTimeout, NoWait])
            command.Add(option);
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
        new Deployment(request, new TemplateSource(request, settings, TimeProvider.System), screen, TimeProvider.System).RunAsync(cancellationToken);

    private static async Task<int> FromBundleAsync(ParseResult result, string file, PlatformSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        using var bundle = OpenedBundle.Of(file, screen, result.GetValue(CommonOptions.Json), cancellationToken);
        var request = Complete(result, DeployOptions.RequestFrom(result, file, bundle.Manifest));
        var source = BundleSources.Of(bundle, request, settings, TimeProvider.System);
        return await new Deployment(request, source, screen, TimeProvider.System).RunAsync(cancellationToken);
    }

    /// <exception cref="CommandFailure">An option has a value that is not allowed.</exception>
    private static DeployRequest Complete(ParseResult result, DeployRequest request)
    {
        if (result.GetValue(TellByExitCode) && !request.DryRun)
            throw CommandFailure.Usage("--exit-code goes with --dry-run only", "esb deploy --dry-run --exit-code");
        return request with
        {
            TellByExitCode = result.GetValue(TellByExitCode),
            LockTimeout = Duration.Parse("--lock-timeout", result.GetRequiredValue(LockTimeout)),
            WaitTimeout = result.GetValue(NoWait) ? TimeSpan.Zero : Duration.Parse("--wait-timeout", result.GetRequiredValue(WaitTimeout)),
        };
    }
}
