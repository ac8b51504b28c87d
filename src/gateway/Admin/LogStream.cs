using System.Buffers;
using System.Text.Json;
using Esb.AdminProtocol;
using Esb.Gateway.Bodies;
using Esb.Gateway.Configuration;
using Esb.Gateway.Listening;
using Esb.Gateway.Logs;
using Esb.Gateway.Streaming;
using Esb.Host.Text;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Admin;

/// <summary><c>GET /logs</c> with a <see cref="LogQuery"/>: one JSON object for each line.</summary>
internal static class LogStream
{
    // Larger than the number of lines that all threads together can add at one moment.
    private const int MaxOverlap = 1_000;

    public static async Task WriteAsync(
        HttpContext context, LogStore logs, LiveConfiguration configuration, TimeProvider time)
    {
        var query = LogQuery.Read(name => context.Request.Query[name]);
        var filter = new Filter(query, Since(query.Since, time), configuration);
        // Subscribes before the past lines are written, so that no line is missed between the two.
        using var follower = query.Follow ? logs.Follow() : null;
        if (follower is null && query.Follow)
        {
            await RefuseAsync(context, "too many clients already follow the log");
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        using var place = AnswersInFlight.Of(context)?.Add(context);
        var past = new HashSet<LogRecord>(ReferenceEqualityComparer.Instance);
        foreach (var record in logs.Recent().Where(filter.Matches).ToArray())
        {
            past.Add(record);
            if (await LineAsync(context, place, record))
                continue;
            if (place is { LacksMemory: true })
                await RefuseAsync(context, "too many answers wait for their clients");
            return;
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (follower is not null)
            await FollowAsync(context, follower, filter, past, Send);
        ValueTask<bool> Send(LogRecord record) => LineAsync(context, place, record);
    }

    // A client that has closed its side of the connection may be gone, which would otherwise be noticed only at the
    // next line.
    private static async Task FollowAsync(
        HttpContext context,
        LogStore.Follower follower,
        Filter filter,
        HashSet<LogRecord> past,
        Func<LogRecord, ValueTask<bool>> send)
    {
        var closed = context.Features.Get<ClosedSide>()?.Token ?? context.RequestAborted;
        try
        {
            await TakeOverAsync(follower, filter, past, send, closed);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The log ends here for this client.
        }
    }

    private static async Task TakeOverAsync(
        LogStore.Follower follower,
        Filter filter,
        HashSet<LogRecord> past,
        Func<LogRecord, ValueTask<bool>> send,
        CancellationToken cancellationToken)
    {
        var followed = 0;
        await foreach (var record in follower.Lines.ReadAllAsync(cancellationToken))
        {
            // Lines added after the subscription and before the past lines were read occur in both, among the first
            // lines followed. Later lines need no comparison.
            if (!filter.Matches(record) || past.Remove(record))
                continue;
            if (++followed == MaxOverlap)
                past.Clear();
            if (!await send(record))
                return;
        }
    }

    private static Task RefuseAsync(HttpContext context, string message) => JsonReply.WriteAsync(
        context, StatusCodes.Status503ServiceUnavailable, new AdminMessage(message), AdminJson.Default.AdminMessage);

    private static ValueTask<bool> LineAsync(HttpContext context, AnswerInFlight? place, LogRecord record)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(line))
            JsonSerializer.Serialize(json, record, AdminJson.Default.LogRecord);
        line.Write("\n"u8);
        return ResponseChunks.SendAsync(context, place, new ReadOnlySequence<byte>(line.WrittenMemory));
    }

    // An age that cannot be parsed selects everything.
    private static DateTimeOffset Since(string? text, TimeProvider time) =>
        text is not null && Duration.Parse(text, LogQuery.Oldest) is { } age && age > TimeSpan.Zero
            ? time.GetUtcNow() - age
            : DateTimeOffset.MinValue;

    private sealed record Filter(LogQuery Query, DateTimeOffset From, LiveConfiguration Configuration)
    {
        public bool Matches(LogRecord record) =>
            (Query.Function is null || record.Function == Query.Function)
            && (Query.Application is null || ApplicationOf(record.Function) == Query.Application)
            && record.Time >= From
            && (Query.Text is null || record.Text.Contains(Query.Text, StringComparison.Ordinal));

        private string? ApplicationOf(string function) =>
            Configuration.Current.Functions.GetValueOrDefault(function)?.Application;
    }
}
