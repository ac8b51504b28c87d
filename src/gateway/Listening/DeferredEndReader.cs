using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Esb.Gateway.Listening;

/// <summary>
/// Reads a client's input, and reports its end only after all bytes before it have been examined. Kestrel treats a body
/// as incomplete when the end of the connection arrives together with its last bytes.
/// </summary>
internal sealed class DeferredEndReader(PipeReader input) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;
    private long _examined;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = input.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully
            ? new ValueTask<ReadResult>(DeferEnd(reading.Result))
            : WaitAsync(reading);
    }

    public override bool TryRead(out ReadResult result)
    {
        var isThere = input.TryRead(out result);
        if (isThere)
            result = DeferEnd(result);
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        // When Kestrel rejects the trailers of a body, it reports more bytes as consumed than as examined, or leaves a
        // position empty. A pipe would throw, and the reason for the rejection would be lost.
        if (!_buffer.IsEmpty)
        {
            consumed = consumed.GetObject() is null ? _buffer.Start : consumed;
            if (examined.GetObject() is null || _buffer.GetOffset(examined) < _buffer.GetOffset(consumed))
                examined = consumed;
        }

        _examined = _buffer.IsEmpty ? 0 : _buffer.Slice(consumed, examined).Length;
        _buffer = default;
        input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => input.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> reading) => DeferEnd(await reading);

    private ReadResult DeferEnd(ReadResult result)
    {
        _buffer = result.Buffer;
        return result.IsCompleted && result.Buffer.Length > _examined
            ? new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false)
            : result;
    }
}
