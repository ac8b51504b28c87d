using System.Globalization;
using System.Text;
using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary>Metrics in Prometheus' text format (version 0.0.4).</summary>
internal static class Metrics
{
    // Each function adds a series to every metric. Beyond this number of functions, storing the series would be
    // expensive.
    private const int MaxFunctions = 1_000;

    private static readonly (InvocationOutcome Outcome, string Kind)[] Errors =
    [
        (InvocationOutcome.Failed, "function"), (InvocationOutcome.TimedOut, "timeout"),
        (InvocationOutcome.WorkerLost, "crash"),
        (InvocationOutcome.Refused, "throttle"), (InvocationOutcome.PlatformLost, "platform"),
    ];

    public static Task WriteAsync(
        HttpContext context,
        Snapshot snapshot,
        PlatformFigures figures,
        ReloadMetrics reloads)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(Render(snapshot, figures) + reloads.Render() + RuntimeMetrics.Render());
        context.Response.ContentLength = body.Length;
        return WholeAnswer.SendAnywayAsync(context, body);
    }

    public static string Render(Snapshot snapshot, PlatformFigures figures)
    {
        var text = new StringBuilder();
        var functions = snapshot.Functions.Values
            .OrderBy(f => f.Name, StringComparer.Ordinal).Take(MaxFunctions).ToList();
        void Gauge(string name, string help, Func<FunctionEntry, long> value) =>
            Family(text, name, "gauge", help, functions, value);
        void Counter(string name, string help, Func<FunctionEntry, long> value) =>
            Family(text, name, "counter", help, functions, value);

        Counter("esb_invocations_total", "Invocations that ended.", f => f.Statistics.Calls);
        ErrorKinds(text, functions);
        Counter(
            "esb_cold_starts_total", "Invocations for which a worker was started.", f => f.Statistics.ColdStarts);
        Durations(text, functions);
        Gauge("esb_workers", "Workers that are running or starting.", f => f.Pool.Snapshot().Count);
        Gauge(
            "esb_workers_busy",
            "Workers that have an event.",
            f => f.Pool.Snapshot().Count(w => w.State == WorkerState.Busy));
        Gauge("esb_workers_max", "The maximum number of workers.", f => f.Pool.Limits.MaxCapacity);
        Gauge("esb_queue_length", "Events that wait for a worker.", f => f.Pool.QueueLength);
        Platform(text, figures);
        return text.ToString();
    }

    private static void Platform(StringBuilder text, PlatformFigures figures)
    {
        var (requests, answers, events) = (figures.Requests, figures.Answers, figures.Asynchronous);
        text.Head("esb_http_requests_total", "counter", "Answered requests of the public port, by status class.");
        for (var status = 1; status <= 5; status++)
            text.Append(
                CultureInfo.InvariantCulture,
                $"esb_http_requests_total{{code=\"{status}xx\"}} {requests.Answered(status)}\n");
        text.One("esb_http_requests_active", "gauge", "Running requests of the public port.", requests.Active);
        text.One("esb_http_answers_held_bytes", "gauge", "Size of answers that wait for their clients.", answers.Held);
        text.One(
            "esb_http_clients_let_go_total",
            "counter",
            "Clients that were disconnected because they did not read their answer.",
            answers.Disconnected);
        text.One("esb_asynchronous_pending", "gauge", "Asynchronous events that are not over.", events.Pending);
        text.One("esb_asynchronous_pending_bytes", "gauge", "Their size on the disk.", events.PendingBytes);
        text.One(
            "esb_asynchronous_given_up_total",
            "counter",
            "Asynchronous events that failed permanently.",
            events.GivenUp);
        text.One(
            "esb_asynchronous_damaged_records_total",
            "counter",
            "Journal records that were found damaged; the minimum number.",
            events.DamagedRecords);
        text.One(
            "esb_workers_memory_mebibytes",
            "gauge",
            "Configured memory of all workers.",
            figures.Memory.Taken);
    }

    private static void ErrorKinds(StringBuilder text, List<FunctionEntry> functions)
    {
        text.Head("esb_invocation_errors_total", "counter", "Invocations that did not succeed, by kind.");
        foreach (var function in functions)
        {
            foreach (var (outcome, kind) in Errors)
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"esb_invocation_errors_total{{function=\"{function.Name}\",kind=\"{kind}\"}} "
                        + $"{function.Statistics.Count(outcome)}\n");
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
                var bound = i < DurationHistogram.Bounds.Length
                    ? DurationHistogram.Bounds[i].ToString(CultureInfo.InvariantCulture)
                    : "+Inf";
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{Name}_bucket{{function=\"{function.Name}\",le=\"{bound}\"}} {counts[i]}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{{function=\"{function.Name}\"}} {durations.Sum}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Name}_count{{function=\"{function.Name}\"}} {counts[^1]}\n");
        }
    }

    // Function names are checked when the configuration is read, so they need no escaping as labels.
    private static void Family(
        StringBuilder text,
        string name,
        string type,
        string help,
        List<FunctionEntry> functions,
        Func<FunctionEntry, long> value)
    {
        text.Head(name, type, help);
        foreach (var function in functions)
            text.Append(CultureInfo.InvariantCulture, $"{name}{{function=\"{function.Name}\"}} {value(function)}\n");
    }
}
