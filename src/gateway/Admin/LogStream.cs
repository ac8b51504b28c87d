using System.Buffers;
using System.Text.Json;
using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Streaming;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary><c>GET /logs?function=&amp;application=&amp;since=&amp;grep=&amp;follow=true</c>: one JSON object a line.</summary>
internal static class LogStream
{
    // More than all threads together can be about to add at one moment.
    private const int Seam = 1_000;

    public static async Task WriteAsync(HttpContext context, LogStore logs, LiveConfiguration configuration, TimeProvider time)
    {
        var query = context.Request.Query;
        var filter = new Filter(query["function"].ToString(), query["application"].ToString(), query["grep"].ToString(), Since(query["since"].ToString(), time), configuration);
        // Followed from before the past is written, so that nothing falls between the two.
        using var follower = query["follow"] == "true" ? logs.Follow() : null;
        if (follower is null && query["follow"] == "true")
        {
            await JsonReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, """{"message":"too many follow the log already"}"""u8.ToArray());
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        using var place = AnswersInFlight.Of(context)?.Add(context);
        var past = new HashSet<LogRecord>(ReferenceEqualityComparer.Instance);
        foreach (var record in logs.Recent().Where(filter.Takes).ToArray())
        {
            past.Add(record);
            if (await LineAsync(context, place, record))
                continue;
            if (place is { IsCrowdedOut: true })
                await JsonReply.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, """{"message":"too many answers wait for their clients"}"""u8.ToArray());
            return;
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (follower is not null)
            await FollowAsync(follower, filter, past, record => LineAsync(context, place, record), context.RequestAborted);
    }

    private static async Task FollowAsync(LogStore.Follower follower, Filter filter, HashSet<LogRecord> past, Func<LogRecord, ValueTask<bool>> send, CancellationToken cancellationToken)
    {
        var followed = 0;
        await foreach (var record in follower.Lines.ReadAllAsync(cancellationToken))
        {
            // What came between the two is in both. By then it is among the first that are followed: afterwards nothing needs to be remembered.
            if (!filter.Takes(record) || past.Remove(record))
                continue;
            if (++followed == Seam)
                past.Clear();
            if (!await send(record))
                return;
        }
    }

    private static ValueTask<bool> LineAsync(HttpContext context, AnswerInFlight? place, LogRecord record)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
            JsonSerializer.Serialize(json, record, LogJson.Default.LogRecord);
        line.Write("\n"u8);
        return ResponseChunks.SendAsync(context, place, new ReadOnlySequence<byte>(line.WrittenMemory));
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

    private sealed record Filter(string Function, string Application, string Text, DateTimeOffset From, LiveConfiguration Configuration)
    {
        public bool Takes(LogRecord record) =>
            (Function.Length == 0 || record.Function == Function)
            && (Application.Length == 0 || Configuration.Current.Functions.GetValueOrDefault(record.Function)?.Application == Application)
            && record.Time >= From
            && (Text.Length == 0 || record.Text.Contains(Text, StringComparison.Ordinal));
    }
}
