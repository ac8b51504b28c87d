using System.CommandLine;
using System.Text.Json;
using Esb.Cli.Commands.Options;
using Esb.Cli.Documents;
using Esb.Cli.Gateway;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Terminal;
using Esb.Host.Logs;

namespace Esb.Cli.Commands.Operations;

/// <summary><c>esb status</c>: shows what is live, with rates and errors.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    private static readonly Option<bool> Watch =
        new("--watch", "-w") { Description = "Refresh every second until Ctrl-C" };

    public static Command Create(Screen screen)
    {
        var command = new Command("status", "Show what is live: functions, workers, rates, last errors.")
        {
            Watch, CommonOptions.Application, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddPlatform(command);
        command.SetAction((result, cancellationToken) =>
        {
            var settings = CommonOptions.ReadSettings(result);
            var view = new View(result.GetValue(CommonOptions.Json), result.GetValue(CommonOptions.Application));
            return result.GetValue(Watch)
                ? WatchAsync(settings, view, screen, cancellationToken)
                : OnceAsync(settings, view, screen, cancellationToken);
        });
        return command;
    }

    private static async Task<int> OnceAsync(
        PlatformSettings settings, View view, Screen screen, CancellationToken cancellationToken)
    {
        using var gateway = GatewayConnection.Open(settings);
        await screen.Output.WriteLineAsync(await TextAsync(gateway, settings, view, screen, cancellationToken));
        return ExitCode.Done;
    }

    // ECMA-48: ED 2 erases the screen, CUP goes to its first line.
    private static async Task<int> WatchAsync(
        PlatformSettings settings, View view, Screen screen, CancellationToken cancellationToken)
    {
        using var gateway = GatewayConnection.Open(settings);
        using var timer = new PeriodicTimer(WatchInterval);
        try
        {
            do
            {
                var text = await TextAsync(gateway, settings, view, screen, cancellationToken);
                var isTerminal = screen.Traits.IsInteractive && !view.Json;
                var clear = isTerminal ? VisibleWriter.Sequence("2J") + VisibleWriter.Sequence("H") : "";
                await screen.Output.WriteLineAsync(clear + text);
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is the normal end.
        }

        return ExitCode.Done;
    }

    private static async Task<string> TextAsync(
        GatewayConnection gateway,
        PlatformSettings settings,
        View view,
        Screen screen,
        CancellationToken cancellationToken)
    {
        var down = await PartsDown.FindAsync(settings, gateway.Http, cancellationToken);
        var status = ApplicationFilter.Of(await gateway.Admin.StatusAsync(cancellationToken), view.Application);
        if (view.Json)
            return JsonSerializer.Serialize(new StatusOutput(status, down), StatusJson.Default.StatusOutput);
        var width = screen.Traits.IsInteractive ? screen.Traits.Width : int.MaxValue;
        var address = gateway.Addresses.Gateway.GetLeftPart(UriPartial.Authority);
        var lines = StatusText.Lines(status, down, TimeProvider.System.GetUtcNow(), width, screen.Paint);
        return $"environment {settings.EnvironmentName}   {address}\n{string.Join('\n', lines)}";
    }

    private sealed record View(bool Json, string? Application);
}
