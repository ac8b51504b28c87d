using System.Diagnostics;
using Esb.Gateway.Bodies;
using Esb.Gateway.Listening;
using Esb.Host.Streams;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// The body of a request on its way to a server. The server has its timeout for each part of the body, and after the
/// last part for its answer.
/// </summary>
/// <param name="request">The client's request.</param>
/// <param name="timer">The server's time.</param>
/// <param name="limit">The maximum size in bytes.</param>
internal sealed class ForwardedBody(HttpRequest request, ServerTimer timer, int limit) : UnseekableStream
{
    private readonly Stream _body = request.Body;
    private long _windowBegan = Stopwatch.GetTimestamp();
    private long _total;
    private int _received;

    /// <summary>Whether it has more bytes than it may have.</summary>
    public bool IsTooLarge => _total > limit;

    public override bool CanRead => true;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        timer.BeginReceiving();
        int count;
        try
        {
            count = await RequestTrailers.OrRefusedAsync(
                (Body: _body, Buffer: buffer, Token: cancellationToken),
                static from => from.Body.ReadAsync(from.Buffer, from.Token));
        }
        finally
        {
            timer.EndReceiving();
        }

        _total += count;
        // Kestrel's own limit also counts the framing of chunks, and would close the connection.
        if (IsTooLarge)
            throw new BadHttpRequestException("the body is too large", StatusCodes.Status413PayloadTooLarge);
        if (count > 0)
            RequireProgress(count);
        else if (!buffer.IsEmpty)
            RequestTrailers.Check(request);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Over HTTP/2, Kestrel requires progress only of the connection as a whole, so each body is checked here.
    private void RequireProgress(int count)
    {
        _received += count;
        if (Stopwatch.GetElapsedTime(_windowBegan) < BodyBudget.Window)
            return;
        if (_received < BodyBudget.MinReceived)
            throw new BadHttpRequestException(
                "the body makes no progress", StatusCodes.Status408RequestTimeout);
        (_windowBegan, _received) = (Stopwatch.GetTimestamp(), 0);
    }
}
