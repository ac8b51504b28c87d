using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Listening;

/// <summary>
/// An answer that ends before it is complete. What was written of it goes out, then the connection is closed without the end that the
/// framing asks for, which tells the client. An abort would take what is still on its way along.
/// </summary>
internal sealed class BrokenOffException : Exception
{
    public BrokenOffException()
        : base("the answer ends before it is complete")
    {
    }

    // Long enough for a frame to be made of what waits, and short for whoever waits for the end.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// To be awaited before the end. Over HTTP/2 a reset takes along what Kestrel has not made a frame of yet, and of the last 4 KiB of a stream it
    /// tells nobody whether it has: all that can be done is to give it a moment.
    /// </summary>
    public static Task LetGoOutAsync(HttpContext context) =>
        HttpProtocol.IsHttp2(context.Request.Protocol) ? Task.Delay(Pause, context.RequestAborted) : Task.CompletedTask;

    /// <summary>Ends the answer of a request, which has begun; to be the last that is done with it.</summary>
    /// <exception cref="BrokenOffException">For Kestrel, unless the connection is aborted.</exception>
    public static void End(HttpContext context)
    {
        // HTTP/1.0 has no chunks: the end of the connection is the end of the answer, and only a reset says that something is missing.
        if (HttpProtocol.IsHttp10(context.Request.Protocol) || context.RequestAborted.IsCancellationRequested)
            context.Abort();
        else
            throw new BrokenOffException();
    }
}
