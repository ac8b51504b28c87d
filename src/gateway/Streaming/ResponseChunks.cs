using System.Buffers;
using System.IO.Pipelines;
using Esb.Gateway.Bodies;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Streaming;

/// <summary>Carries a function's stream to a client, bytes as they come.</summary>
internal static class ResponseChunks
{
    /// <summary>
    /// Hands over what the function writes until it ends, fails (<paramref name="over"/> completes without the stream's end), the client
    /// goes, or no more is wanted. However it ends, the function is told through its stream.
    /// </summary>
    /// <param name="stream">From the worker.</param>
    /// <param name="over">Completes when the invocation has ended, whether or not the stream has.</param>
    /// <param name="send">Sends bytes to the client and flushes; false when no more is wanted.</param>
    public static async Task CopyAsync(ResponseStream stream, Task over, Func<ReadOnlySequence<byte>, ValueTask<bool>> send)
    {
        var reader = stream.Reader;
        try
        {
            // A worker that died in the middle never ends its stream.
            _ = over.ContinueWith(static (_, state) => ((PipeReader)state!).CancelPendingRead(), reader, TaskScheduler.Default);
            while (true)
            {
                // Asked in this order: what was written before the end is there when the end is seen.
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

    /// <summary>Sends to a response, flushed at once: the first byte is out before the last is written. False when nobody takes more.</summary>
    public static ValueTask<bool> SendAsync(HttpContext context, AnswerInFlight? place, ReadOnlySequence<byte> bytes) =>
        place is null ? SendAsync(context, bytes) : place.SendAsync(bytes);

    private static async ValueTask<bool> SendAsync(HttpContext context, ReadOnlySequence<byte> bytes)
    {
        var writer = context.Response.BodyWriter;
        if (bytes.IsEmpty)
            await writer.FlushAsync(context.RequestAborted);
        // Kestrel may have no room to offer between two chunks: a write makes it, where asking for memory gets none.
        foreach (var part in bytes)
            await writer.WriteAsync(part, context.RequestAborted);
        return true;
    }
}
