using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Esb.Gateway.Listening;

/// <summary>
/// What a client has sent, with its end told when all before it has been looked at. Kestrel takes a body for broken off when the end of the
/// connection comes together with the last of it.
/// </summary>
internal sealed class UnhurriedEnd(PipeReader input) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;
    private long _examined;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = input.ReadAsync(cancellationToken);
        return reading.IsCompletedSuccessfully ? new ValueTask<ReadResult>(Told(reading.Result)) : WaitAsync(reading);
    }

    public override bool TryRead(out ReadResult result)
    {
        var isThere = input.TryRead(out result);
        if (isThere)
            result = Told(result);
        return isThere;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _examined = _buffer.IsEmpty ? 0 : _buffer.Slice(consumed, examined).Length;
        _buffer = default;
        input.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => input.CancelPendingRead();

    public override void Complete(Exception? exception = null) => input.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => input.CompleteAsync(exception);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(ValueTask<ReadResult> reading) => Told(await reading);

    private ReadResult Told(ReadResult result)
    {
        _buffer = result.Buffer;
        return result.IsCompleted && result.Buffer.Length > _examined ? new ReadResult(result.Buffer, result.IsCanceled, isCompleted: false) : result;
    }
}
