using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Esb.Cli.Commands.Options;
using Esb.Cli.Gateway;
using Esb.Cli.Processes;
using Esb.Cli.Terminal;

namespace Esb.Cli.Commands.Functions;

/// <summary><c>esb logs</c>: what functions write, and what the platform says about them.</summary>
internal static class LogsCommand
{
    private static readonly Option<bool> Follow = new("--follow", "-f") { Description = "Go on with what comes, until Ctrl-C" };

    private static readonly Option<string?> Since = new("--since") { Description = "Only what is younger: 30s, 10m, 2h, 1d", HelpName = "AGE" };

    private static readonly Option<string?> Grep = new("--grep") { Description = "Only lines that contain this text", HelpName = "TEXT" };

    private static readonly Argument<string?> Function = FunctionArgument.Create<string?>(ArgumentArity.ZeroOrOne, "Only this function");

    public static Command Create(Screen screen)
    {
        var command = new Command("logs", "Show what functions write.")
        {
            Function, Follow, Since, Grep, CommonOptions.Application, CommonOptions.Json, CommonOptions.Mode,
        };
        CommonOptions.AddPlatform(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    /// <summary>What to ask the admin port for.</summary>
    /// <exception cref="CommandFailure">The age is not one.</exception>
    internal static string Query(string? function, string? since, string? grep, bool follow, string? application = null)
    {
        var parts = new List<string>();
        if (function is not null)
            parts.Add($"function={Uri.EscapeDataString(function)}");
        if (application is not null)
            parts.Add($"application={Uri.EscapeDataString(application)}");
        if (since is not null)
            parts.Add(IsAge(since) ? $"since={since}" : throw CommandFailure.Setting("--since", since, "a number and s, m, h or d, for example 10m"));
        if (grep is not null)
            parts.Add($"grep={Uri.EscapeDataString(grep)}");
        if (follow)
            parts.Add("follow=true");
        return $"/logs?{string.Join('&', parts)}";
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        var function = result.GetValue(Function);
        var follow = result.GetValue(Follow);
        var application = result.GetValue(CommonOptions.Application);
        var query = Query(function, result.GetValue(Since), result.GetValue(Grep), follow, application);
        using var gateway = GatewayConnection.Open(CommonOptions.ReadSettings(result));
        var admin = gateway.Admin;
        if (function is not null && await admin.FunctionNamesAsync(cancellationToken) is var known && !known.Contains(function))
            throw FunctionArgument.Unknown(function, known);
        if (application is not null)
            ApplicationFilter.Require(application, (await admin.GetAsync("/functions", GatewayJson.Default.IReadOnlyListFunctionStatus, cancellationToken)).Select(f => f.Application));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readerGone = follow ? OutputPipe.WhenClosedAsync(TimeProvider.System, done.Token) : Task.Delay(Timeout.Infinite, done.Token);
        var copying = CopyAsync(admin, query, result.GetValue(CommonOptions.Json), screen, done.Token);
        await Task.WhenAny(copying, readerGone);
        await done.CancelAsync();
        await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Ctrl-C and a reader that has seen enough are ordinary ends.
        if (copying.IsFaulted)
            await copying;
        return ExitCode.Done;
    }

    private static async Task CopyAsync(AdminClient admin, string query, bool json, Screen screen, CancellationToken cancellationToken)
    {
        using var response = await admin.OpenAsync(query, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var text = new LogText(screen.Paint, TimeZoneInfo.Local);
        try
        {
            while (screen.OutputFailure is null && await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Length > 0)
                    screen.Line(json ? line : text.Line(JsonSerializer.Deserialize(line, GatewayJson.Default.LogLine)!));
            }
        }
        catch (HttpIOException)
        {
            throw CommandFailure.Environment("the gateway ended", "esb status says whether it is back");
        }
    }

    private static bool IsAge(string text) =>
        text.Length > 1 && text[^1] is 's' or 'm' or 'h' or 'd' && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
