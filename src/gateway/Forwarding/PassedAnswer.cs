using System.Buffers;
using Esb.Gateway.Bodies;
using Esb.Host.Streams;

namespace Esb.Gateway.Forwarding;

/// <summary>
/// The body of a server's answer on its way to the client. While the client has to read, the server's time stands
/// still, and the client must make progress.
/// </summary>
/// <param name="body">The body of the gateway's answer.</param>
/// <param name="place">The answer's entry among all that wait for their clients; null for no limit.</param>
/// <param name="timer">The server's time.</param>
internal sealed class PassedAnswer(Stream body, AnswerInFlight? place, ServerTimer timer) : UnseekableStream
{
    public override bool CanWrite => true;

    public override ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default) => place is null
        ? WaitAsync(body.WriteAsync(buffer, cancellationToken))
        : WaitAsync(TakenAsync(place.SendHeldAsync(buffer)));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => WaitAsync(place is null
        ? new ValueTask(body.FlushAsync(cancellationToken))
        : TakenAsync(place.SendAsync(ReadOnlySequence<byte>.Empty))).AsTask();

    private static async ValueTask TakenAsync(ValueTask<bool> sending)
    {
        if (!await sending)
            throw new OperationCanceledException("the client takes no more");
    }

    private async ValueTask WaitAsync(ValueTask write)
    {
        if (write.IsCompleted)
        {
            await write;
            return;
        }

        timer.BeginSending();
        try
        {
            await write;
        }
        finally
        {
            timer.EndSending();
        }
    }
}
