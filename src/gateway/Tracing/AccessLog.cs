using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Esb.Gateway.Logs;
using Esb.Host.Logs;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Esb.Gateway.Tracing;

/// <summary>
/// Writes a JSON line for each request of the public port. Lines are written asynchronously: when the disk is too slow,
/// they are dropped. The file is bounded, and is opened for each batch, so it can be moved at any time. Query strings
/// are omitted, since they may contain secrets.
/// </summary>
internal sealed partial class AccessLog(
    AccessLog.Place? place,
    RequestFigures figures,
    ILogger<AccessLog> logger,
    TimeProvider time)
{
    private const int Backlog = 20_000;
    private const int ConsolePiece = 8 * 1024; // bytes
    private const string StandardOutput = "-";

    private readonly Channel<AccessLine> _lines = Channel.CreateBounded<AccessLine>(
        new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Adds counting and logging to the handler.</summary>
    public RequestDelegate Around(RequestDelegate handler) =>
        place is null ? context => CountAsync(context, handler) : context => LogAsync(context, handler);

    /// <summary>Writes until cancelled, then the rest.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        place is null ? Task.CompletedTask : LineBatches.RunAsync(_lines.Reader, WriteAll, cancellationToken);

    private async Task CountAsync(HttpContext context, RequestDelegate handler)
    {
        figures.Begin();
        try
        {
            await handler(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            // The answer is written by the server, after this line is counted and logged.
            context.Response.StatusCode = StatusOf(e, context);
            throw;
        }
        finally
        {
            figures.End(context.Response.StatusCode);
        }
    }

    // 499 is not sent: the client has broken off.
    private static int StatusOf(Exception error, HttpContext context) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        ConnectionAbortedException or ConnectionResetException => StatusCodes.Status499ClientClosedRequest,
        _ when context.RequestAborted.IsCancellationRequested => StatusCodes.Status499ClientClosedRequest,
        _ => StatusCodes.Status500InternalServerError,
    };

    private async Task LogAsync(HttpContext context, RequestDelegate handler)
    {
        var started = time.GetTimestamp();
        var at = time.GetUtcNow();
        var note = new AccessNote();
        context.Features.Set(note);
        try
        {
            await CountAsync(context, handler);
        }
        finally
        {
            _lines.Writer.TryWrite(AccessLine.Of(context, note, at, time.GetElapsedTime(started)));
        }
    }

    private void WriteAll()
    {
        while (_lines.Reader.TryPeek(out _))
            WriteBatch();
    }

    private void WriteBatch()
    {
        using var batch = new MemoryStream();
        for (var count = 0; count < 1_000 && _lines.Reader.TryRead(out var line); count++)
        {
            JsonSerializer.Serialize(batch, line, AccessJson.Default.AccessLine);
            batch.WriteByte((byte)'\n');
        }

        try
        {
            var lines = batch.GetBuffer().AsSpan(0, (int)batch.Length);
            if (place!.Path == StandardOutput)
                Print(lines);
            else
                LineFile.Append(place.Path, lines, place.Bounds);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(logger, e.Message);
        }
    }

    // Lines are printed in pieces of complete lines, each of which the console passes on at once, so that log rotation
    // does not split a line.
    private static void Print(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            var count = WholeLines.WithinOrFirst(lines, ConsolePiece);
            Console.Out.Write(Encoding.UTF8.GetString(lines[..count]));
            lines = lines[count..];
        }
    }

    /// <summary>The destination of the lines and its limits.</summary>
    /// <param name="Path">The path of a file, or <c>-</c> for standard output.</param>
    /// <param name="Bounds">The limits of the file.</param>
    internal sealed record Place(string Path, LogBounds Bounds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The access log cannot be written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string reason);
}
