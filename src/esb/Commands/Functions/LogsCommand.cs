using System.CommandLine;
using System.Text.Json;
using Esb.AdminProtocol;
using Esb.Cli.Admin;
using Esb.Cli.Commands.Options;
using Esb.Cli.Gateway;
using Esb.Cli.Processes;
using Esb.Cli.Terminal;
using Esb.Host.Settings;
using Esb.Host.Text;

namespace Esb.Cli.Commands.Functions;

/// <summary><c>esb logs</c>: shows what functions write and what the platform logs about them.</summary>
internal static class LogsCommand
{
    private static readonly Option<bool> Follow =
        new("--follow", "-f") { Description = "Show new lines as they arrive, until Ctrl-C" };

    private static readonly Option<string?> Since =
        new("--since") { Description = "Only lines of the last 30s, 10m, 2h, 1d …", HelpName = "AGE" };

    private static readonly Option<string?> Grep =
        new("--grep") { Description = "Only lines that contain this text", HelpName = "TEXT" };

    private static readonly Argument<string?> Function =
        FunctionArgument.Create<string?>(ArgumentArity.ZeroOrOne, "Only this function");

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

    private static LogQuery Query(ParseResult result) => new()
    {
        Function = result.GetValue(Function),
        Application = result.GetValue(CommonOptions.Application),
        Since = result.GetValue(Since) is { } age ? Age(age) : null,
        Text = result.GetValue(Grep),
        Follow = result.GetValue(Follow),
    };

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        var query = Query(result);
        using var gateway = GatewayConnection.Open(CommonOptions.ReadSettings(result));
        var admin = gateway.Admin;
        await RequireKnownAsync(query, admin, cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readerGone = query.Follow
            ? OutputPipe.WhenClosedAsync(TimeProvider.System, done.Token)
            : Task.Delay(Timeout.Infinite, done.Token);
        var copying = CopyAsync(admin, query, result.GetValue(CommonOptions.Json), screen, done.Token);
        await Task.WhenAny(copying, readerGone);
        await done.CancelAsync();
        await copying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Ctrl-C and a reader that closes the pipe end the command normally.
        if (copying.IsFaulted)
            await copying;
        return ExitCode.Done;
    }

    private static async Task RequireKnownAsync(LogQuery query, AdminClient admin, CancellationToken cancellationToken)
    {
        if (query.Function is null && query.Application is null)
            return;
        var functions = await admin.FunctionsAsync(cancellationToken);
        if (query.Function is { } function && functions.All(f => f.Name != function))
            throw FunctionArgument.Unknown(function, [.. functions.Select(f => f.Name)]);
        if (query.Application is { } application)
            ApplicationFilter.Require(application, functions.Select(f => f.Application));
    }

    private static async Task CopyAsync(
        AdminClient admin, LogQuery query, bool json, Screen screen, CancellationToken cancellationToken)
    {
        using var response = await admin.OpenLogsAsync(query, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var text = new LogText(screen.Paint, TimeZoneInfo.Local);
        try
        {
            while (screen.OutputFailure is null && await reader.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Length > 0)
                    screen.Line(json ? line : text.Line(Record(line)));
            }
        }
        catch (HttpIOException)
        {
            throw CommandFailure.Environment("the gateway ended", "esb status says whether it is back");
        }
    }

    private static LogRecord Record(string line) => JsonSerializer.Deserialize(line, AdminJson.Default.LogRecord)!;

    // The text is only checked here; the gateway parses it again.
    private static string Age(string text) => Duration.Parse(text, LogQuery.Oldest) is not null
        ? text
        : throw new SettingException("--since", text, "a number and s, m, h or d, for example 10m");
}
