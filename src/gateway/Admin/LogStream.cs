using System.Text.Json;
using Esb.Gateway.Logs;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary><c>GET /logs?function=&amp;since=&amp;grep=&amp;follow=true</c>: one JSON object a line.</summary>
internal static class LogStream
{
    // More than all threads together can be about to add at one moment.
    private const int Seam = 1_000;

    public static async Task WriteAsync(HttpContext context, LogStore logs, TimeProvider time)
    {
        var query = context.Request.Query;
        var filter = new Filter(query["function"].ToString(), query["grep"].ToString(), Since(query["since"].ToString(), time));
        context.Response.ContentType = "application/x-ndjson";
        // Followed from before the past is written, so that nothing falls between the two.
        using var follower = query["follow"] == "true" ? logs.Follow() : null;
        var past = new HashSet<LogRecord>(ReferenceEqualityComparer.Instance);
        foreach (var record in logs.Recent().Where(filter.Takes).ToArray())
        {
            past.Add(record);
            await LineAsync(context, record);
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (follower is null)
            return;
        var followed = 0;
        await foreach (var record in follower.Lines.ReadAllAsync(context.RequestAborted))
        {
            // What came between the two is in both. By then it is among the first that are followed: afterwards nothing needs to be remembered.
            if (!filter.Takes(record) || past.Remove(record))
                continue;
            if (++followed == Seam)
                past.Clear();
            await LineAsync(context, record);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task LineAsync(HttpContext context, LogRecord record)
    {
        var line = JsonSerializer.SerializeToUtf8Bytes(record, LogJson.Default.LogRecord);
        await context.Response.Body.WriteAsync(line, context.RequestAborted);
        await context.Response.Body.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
    }

    private static DateTimeOffset Since(string text, TimeProvider time)
    {
        if (text.Length < 2 || !double.TryParse(text.AsSpan(0, text.Length - 1), out var number))
            return DateTimeOffset.MinValue;
        var span = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => TimeSpan.Zero,
        };
        return span == TimeSpan.Zero ? DateTimeOffset.MinValue : time.GetUtcNow() - span;
    }

    private sealed record Filter(string Function, string Text, DateTimeOffset From)
    {
        public bool Takes(LogRecord record) =>
            (Function.Length == 0 || record.Function == Function)
            && record.Time >= From
            && (Text.Length == 0 || record.Text.Contains(Text, StringComparison.Ordinal));
    }
}
