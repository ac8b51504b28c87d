using System.CommandLine;
using System.Text;
using System.Text.Json;
using Esb.Cli.Commands.Options;
using Esb.Cli.Gateway;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Commands.Functions;

/// <summary><c>esb invoke</c>: calls a function. Only the answer goes to standard output.</summary>
internal static class InvokeCommand
{
    private static readonly Option<string?> Event = new("--event", "-e")
    {
        Description = "The event: JSON, a file with it, or - for standard input",
        HelpName = "JSON|FILE|-",
    };

    private static readonly Option<bool> Async = new("--async") { Description = "Do not wait for the answer" };

    private static readonly Option<bool> Tail =
        new("--tail") { Description = "Show the end of the invocation's log" };

    private static readonly Argument<string> Function = FunctionArgument.Create<string>(
        ArgumentArity.ExactlyOne, "The function");

    public static Command Create(Screen screen)
    {
        var command = new Command("invoke", "Call a function.") { Function, Event, Async, Tail, CommonOptions.Mode };
        CommonOptions.AddPlatform(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, screen, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, Screen screen, CancellationToken cancellationToken)
    {
        var name = result.GetRequiredValue(Function);
        var payload = await EventInput.ReadAsync(result.GetValue(Event), Console.OpenStandardInput, cancellationToken);
        using var gateway = GatewayConnection.Open(CommonOptions.ReadSettings(result));
        var answer = await new InvokeClient(gateway.Http, gateway.Addresses.Gateway)
            .InvokeAsync(name, payload, result.GetValue(Async), result.GetValue(Tail), cancellationToken)
            ?? throw FunctionArgument.Unknown(name, await gateway.Admin.FunctionNamesAsync(cancellationToken));
        Show(name, answer, result.GetValue(Async), screen);
        return answer.Failed ? ExitCode.Failure : ExitCode.Done;
    }

    private static void Show(string name, InvokeResult answer, bool isAsync, Screen screen)
    {
        if (isAsync)
        {
            screen.Note($"— accepted, request {answer.RequestId}");
            return;
        }

        screen.Line(Encoding.UTF8.GetString(answer.Payload));
        var revision = answer.Revision is null ? "" : $", revision {answer.Revision}";
        screen.Note(screen.ErrorPaint.Dim($"— {Times(answer)}, request {answer.RequestId}{revision}"));
        if (answer.Log is { Length: > 0 } log)
            screen.Note(log.TrimEnd());
        if (answer.Failed)
            screen.Report(new Diagnostic(
                Severity.Error,
                DiagnosticCodes.Environment,
                $"{name} failed: {Reason(answer.Payload)}",
                Help: $"esb logs {name}"));
    }

    // The function's own duration comes first; the round trip also includes the connection, the queue and a cold start.
    private static string Times(InvokeResult answer)
    {
        var trip = DurationText.Latency(answer.Elapsed.TotalMilliseconds);
        return answer.Duration is { } own
            ? $"{DurationText.Latency(own.TotalMilliseconds)}, round trip {trip}"
            : $"round trip {trip}";
    }

    private static string Reason(byte[] payload)
    {
        try
        {
            var failure = JsonSerializer.Deserialize(payload, LambdaJson.Default.FunctionFailure);
            return string.Join(
                ": ", new[] { failure?.Type, failure?.Message }.Where(text => !string.IsNullOrEmpty(text)))
                .ReplaceLineEndings(" ");
        }
        catch (JsonException)
        {
            return "it did not say why";
        }
    }
}
