using System.Buffers;
using System.IO.Pipelines;
using Esb.Gateway.Bodies;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Streaming;

/// <summary>Copies a function's output to a client as the bytes arrive.</summary>
internal static class ResponseChunks
{
    /// <summary>
    /// Copies the function's output until it ends, the invocation fails (<paramref name="over"/> completes before the
    /// stream has ended), the client disconnects, or no more bytes are wanted. In every case the stream of the function
    /// is completed.
    /// </summary>
    /// <param name="stream">The worker's stream.</param>
    /// <param name="over">Completes when the invocation has ended, whether or not the stream has.</param>
    /// <param name="send">Sends bytes to the client and flushes them; false when no more bytes are wanted.</param>
    public static async Task CopyAsync(
        ResponseStream stream,
        Task over,
        Func<ReadOnlySequence<byte>, ValueTask<bool>> send)
    {
        var reader = stream.Reader;
        try
        {
            // A worker that died never ends its stream.
            _ = over.ContinueWith(
                static (_, state) => ((PipeReader)state!).CancelPendingRead(), reader, TaskScheduler.Default);
            while (true)
            {
                // The order matters: once the end is visible, all bytes that were written before it are visible too.
                var isOver = over.IsCompleted;
                if (!reader.TryRead(out var read))
                {
                    if (isOver)
                        return;
                    read = await reader.ReadAsync();
                }

                var more = read.Buffer.IsEmpty || await send(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || !more)
                    return;
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    /// <summary>
    /// Sends bytes and flushes them, so that the first byte is sent before the last one is written. False when the
    /// client accepts no more bytes.
    /// </summary>
    public static ValueTask<bool> SendAsync(HttpContext context, AnswerInFlight? place, ReadOnlySequence<byte> bytes) =>
        place is null ? SendAsync(context, bytes) : place.SendAsync(bytes);

    private static async ValueTask<bool> SendAsync(HttpContext context, ReadOnlySequence<byte> bytes)
    {
        var writer = context.Response.BodyWriter;
        if (bytes.IsEmpty)
            await writer.FlushAsync(context.RequestAborted);
        // Kestrel may have no buffer space between two chunks. A write creates the space, whereas GetMemory does not.
        foreach (var part in bytes)
            await writer.WriteAsync(part, context.RequestAborted);
        return true;
    }
}
