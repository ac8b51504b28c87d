using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// Ends an incomplete answer. The bytes that were written are sent, and then the connection is closed without a proper
/// end of the answer, which tells the client that it is incomplete. An abort would discard the bytes that are still
/// being sent.
/// </summary>
internal sealed class BrokenOffException : Exception
{
    public BrokenOffException()
        : base("the answer ends before it is complete")
    {
    }

    // Long enough for Kestrel to frame the waiting bytes, and short enough for the caller.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Waits before the end of the answer. Over HTTP/2 a reset discards bytes that Kestrel has not framed yet, and
    /// Kestrel does not report whether the last 4 KiB of a stream are framed. A pause is therefore the only way.
    /// </summary>
    public static Task PauseForFlushAsync(HttpContext context) =>
        HttpProtocol.IsHttp2(context.Request.Protocol) ? Task.Delay(Pause, context.RequestAborted) : Task.CompletedTask;

    /// <summary>Ends the answer to a request after it has begun. It must be the last call for that request.</summary>
    /// <exception cref="BrokenOffException">Handled by Kestrel; not thrown when the connection is aborted.</exception>
    public static void End(HttpContext context)
    {
        // HTTP/1.0 has no chunks: the end of the connection ends the answer, and only a reset shows that it is
        // incomplete.
        if (HttpProtocol.IsHttp10(context.Request.Protocol) || context.RequestAborted.IsCancellationRequested)
            context.Abort();
        else
            throw new BrokenOffException();
    }
}
