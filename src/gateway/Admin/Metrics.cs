using System.Globalization;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary>Figures in Prometheus' text format (version 0.0.4).</summary>
internal static class Metrics
{
    // A series for each function and figure: beyond so many, whoever stores them would have to pay for it.
    private const int MostFunctions = 1_000;

    private static readonly (InvocationOutcome Outcome, string Kind)[] Errors =
    [
        (InvocationOutcome.Failed, "function"), (InvocationOutcome.TimedOut, "timeout"), (InvocationOutcome.WorkerLost, "crash"),
        (InvocationOutcome.Refused, "throttle"), (InvocationOutcome.PlatformLost, "platform"),
    ];

    public static Task WriteAsync(HttpContext context, Snapshot snapshot, PlatformFigures figures, ReloadMetrics reloads)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(Render(snapshot, figures) + reloads.Render() + RuntimeMetrics.Render());
        context.Response.ContentLength = body.Length;
        return WholeAnswer.SendAnywayAsync(context, body);
    }

    public static string Render(Snapshot snapshot, PlatformFigures figures)
    {
        var text = new StringBuilder();
        var functions = snapshot.Functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal).Take(MostFunctions).ToList();
        Family(text, "esb_invocations_total", "counter", "Invocations that ended.", functions, f => f.Statistics.Calls);
        ErrorKinds(text, functions);
        Family(text, "esb_cold_starts_total", "counter", "Invocations for which a worker was started.", functions, f => f.Statistics.ColdStarts);
        Durations(text, functions);
        Family(text, "esb_workers", "gauge", "Workers that run or start.", functions, f => f.Pool.Snapshot().Count);
        Family(text, "esb_workers_busy", "gauge", "Workers that have an event.", functions, f => f.Pool.Snapshot().Count(w => w.State == WorkerState.Busy));
        Family(text, "esb_workers_max", "gauge", "The most workers there may be.", functions, f => f.Pool.Limits.MaxCapacity);
        Family(text, "esb_queue_length", "gauge", "Events that wait for a worker.", functions, f => f.Pool.QueueLength);
        Platform(text, figures);
        return text.ToString();
    }

    private static void Platform(StringBuilder text, PlatformFigures figures)
    {
        text.Head("esb_http_requests_total", "counter", "Requests of the public port that were answered, by class of status.");
        for (var status = 1; status <= 5; status++)
            text.Append(CultureInfo.InvariantCulture, $"esb_http_requests_total{{code=\"{status}xx\"}} {figures.Requests.Answered(status)}\n");
        text.One("esb_http_requests_active", "gauge", "Requests of the public port that are being answered.", figures.Requests.Active);
        text.One("esb_http_answers_held_bytes", "gauge", "What answers hold that clients have not taken yet.", figures.Answers.Held);
        text.One("esb_http_clients_let_go_total", "counter", "Clients that were let go because they did not read their answer.", figures.Answers.LetGo);
        text.One("esb_asynchronous_pending", "gauge", "Asynchronous invocations that were accepted and are not over.", figures.Asynchronous.Pending);
        text.One("esb_asynchronous_pending_bytes", "gauge", "What they take on the disk.", figures.Asynchronous.PendingBytes);
        text.One("esb_asynchronous_given_up_total", "counter", "Asynchronous invocations that failed for good.", figures.Asynchronous.GivenUp);
        text.One("esb_asynchronous_damaged_records_total", "counter", "Records of accepted asynchronous invocations that were damaged on the disk, at least.", figures.Asynchronous.DamagedRecords);
        text.One("esb_workers_memory_mebibytes", "gauge", "What all workers together are configured to have.", figures.Memory.Taken);
    }

    private static void ErrorKinds(StringBuilder text, List<FunctionEntry> functions)
    {
        text.Head("esb_invocation_errors_total", "counter", "Invocations that did not succeed, by kind.");
        foreach (var function in functions)
        {
            foreach (var (outcome, kind) in Errors)
                text.Append(CultureInfo.InvariantCulture, $"esb_invocation_errors_total{{function=\"{function.Name}\",kind=\"{kind}\"}} {function.Statistics.Count(outcome)}\n");
        }
    }

    private static void Durations(StringBuilder text, List<FunctionEntry> functions)
    {
        const string Name = "esb_invocation_duration_seconds";
        text.Head(Name, "histogram", "How long invocations took in their worker.");
        foreach (var function in functions)
        {
            if (function.Statistics.Durations is not { } durations)
                continue;
            var counts = durations.Cumulative();
            for (var i = 0; i < counts.Length; i++)
            {
                var bound = i < DurationHistogram.Bounds.Length ? DurationHistogram.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{function=\"{function.Name}\",le=\"{bound}\"}} {counts[i]}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{{function=\"{function.Name}\"}} {durations.Sum}\n{Name}_count{{function=\"{function.Name}\"}} {counts[^1]}\n");
        }
    }

    // Function names are checked when the configuration is read, so they need no escaping as labels.
    private static void Family(StringBuilder text, string name, string type, string help, List<FunctionEntry> functions, Func<FunctionEntry, long> value)
    {
        text.Head(name, type, help);
        foreach (var function in functions)
            text.Append(CultureInfo.InvariantCulture, $"{name}{{function=\"{function.Name}\"}} {value(function)}\n");
    }
}
