using System.CommandLine;
using Esb.Cli.Commands.Options;
using Esb.Cli.Gateway;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.LogFiles;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb status</c>: what is live and how it does.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private static readonly Option<bool> Watch = new("--watch", "-w") { Description = "Show it again every second until Ctrl-C" };

    public static Command Create(Screen screen)
    {
        var command = new Command("status", "Show what is live: functions, workers, rates, last errors.")
        {
            Watch, CommonOptions.Application, CommonOptions.Json, CommonOptions.Mode, CommonOptions.Project, CommonOptions.EnvFile,
        };
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            var view = new View(result.GetValue(CommonOptions.Json), result.GetValue(CommonOptions.Application));
            return result.GetValue(Watch) ? WatchAsync(settings, view, screen, cancellationToken) : OnceAsync(settings, view, screen, cancellationToken);
        });
        return command;
    }

    private static async Task<int> OnceAsync(PlatformSettings settings, View view, Screen screen, CancellationToken cancellationToken)
    {
        using var gateway = GatewayConnection.Open(settings);
        await screen.Output.WriteLineAsync(await TextAsync(gateway.Admin, view, screen, cancellationToken));
        return ExitCode.Done;
    }

    // ECMA-48: ED 2 erases the screen, CUP goes to its first line.
    private static async Task<int> WatchAsync(PlatformSettings settings, View view, Screen screen, CancellationToken cancellationToken)
    {
        using var gateway = GatewayConnection.Open(settings);
        var admin = gateway.Admin;
        using var timer = new PeriodicTimer(WatchInterval);
        try
        {
            do
            {
                var text = await TextAsync(admin, view, screen, cancellationToken);
                await screen.Output.WriteLineAsync(screen.Traits.IsInteractive && !view.Json ? $"{VisibleWriter.Sequence("2J")}{VisibleWriter.Sequence("H")}{text}" : text);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The way to end it.
        }

        return ExitCode.Done;
    }

    private static async Task<string> TextAsync(AdminClient admin, View view, Screen screen, CancellationToken cancellationToken)
    {
        if (view.Json)
            return ApplicationFilter.Json(await admin.GetAsync("/status", cancellationToken), view.Application);
        var status = ApplicationFilter.Of(await admin.GetAsync("/status", GatewayJson.Default.StatusDocument, cancellationToken), view.Application);
        var width = screen.Traits.IsInteractive ? screen.Traits.Width : int.MaxValue;
        return string.Join('\n', StatusText.Lines(status, TimeProvider.System.GetUtcNow(), width, screen.Paint));
    }

    private sealed record View(bool Json, string? Application);
}
