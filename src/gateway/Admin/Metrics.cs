using System.Globalization;
using System.Text;
using Esb.Gateway.Configuration;
using Esb.Gateway.Workers;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary>Figures in Prometheus' text format (version 0.0.4).</summary>
internal static class Metrics
{
    public static async Task WriteAsync(HttpContext context, Snapshot snapshot, ReloadMetrics reloads)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        var body = Encoding.UTF8.GetBytes(Render(snapshot) + reloads.Render());
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static string Render(Snapshot snapshot)
    {
        var text = new StringBuilder();
        var functions = snapshot.Functions.Values.OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        Family(text, "esb_invocations_total", "counter", "Invocations that ended.", functions, f => f.Statistics.Calls);
        Family(text, "esb_invocation_errors_total", "counter", "Invocations that did not succeed.", functions, f => f.Statistics.Errors);
        Family(text, "esb_cold_starts_total", "counter", "Invocations for which a worker was started.", functions, f => f.Statistics.ColdStarts);
        Family(text, "esb_workers", "gauge", "Workers that run or start.", functions, f => f.Pool.Snapshot().Count);
        Family(text, "esb_workers_busy", "gauge", "Workers that have an event.", functions, f => f.Pool.Snapshot().Count(w => w.State == WorkerState.Busy));
        Family(text, "esb_queue_length", "gauge", "Events that wait for a worker.", functions, f => f.Pool.QueueLength);
        return text.ToString();
    }

    // Function names are checked when the configuration is read, so they need no escaping as labels.
    private static void Family(StringBuilder text, string name, string type, string help, List<FunctionEntry> functions, Func<FunctionEntry, long> value)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var function in functions)
            text.Append(CultureInfo.InvariantCulture, $"{name}{{function=\"{function.Name}\"}} {value(function)}\n");
    }
}
