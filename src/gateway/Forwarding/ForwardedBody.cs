using System.Diagnostics;
using Esb.Gateway.Bodies;
using Esb.Gateway.Listening;
using Microsoft.AspNetCore.Http;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// The body of a request on its way to a server. API Gateway calls a server only when it has the whole body, so the
/// time that the client takes to send the body does not count. Here, the server has its timeout for each part of the
/// body, and after the last part for its answer.
/// </summary>
/// <param name="request">The client's request.</param>
/// <param name="late">Cancelled when the server is late.</param>
/// <param name="timeout">How long the server may take.</param>
internal sealed class ForwardedBody(HttpRequest request, CancellationTokenSource late, TimeSpan timeout) : Stream
{
    private readonly Stream _body = request.Body;
    private long _windowBegan = Stopwatch.GetTimestamp();
    private int _received;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Limit(Timeout.InfiniteTimeSpan);
        int count;
        try
        {
            count = await RequestTrailers.OrRefusedAsync(_body.ReadAsync(buffer, cancellationToken));
        }
        finally
        {
            Limit(timeout);
        }

        if (count > 0)
            RequireProgress(count);
        else if (!buffer.IsEmpty)
            RequestTrailers.Check(request);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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

    private void Limit(TimeSpan time)
    {
        try
        {
            late.CancelAfter(time);
        }
        catch (ObjectDisposedException)
        {
            // The forwarder has finished with an answer that came before the end of the body.
        }
    }
}
