using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;

namespace Esb.Gateway.Listening;

/// <summary>
/// The memory in which TLS and HTTP/2 keep what they carry. Kestrel's own pool keeps for ever what it has once given, and over HTTP/2 a few
/// hundred connections have tens of thousands of answers in it. This one keeps a little and leaves the rest to the collector.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>, IMemoryPoolFeature
{
    private const int BlockSize = 4096; // as Kestrel's
    private const int MostSpare = 1024;

    private readonly ConcurrentQueue<Block> _spare = new();
    private int _count;

    public override int MaxBufferSize => BlockSize;

    public MemoryPool<byte> MemoryPool => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        if (!_spare.TryDequeue(out var block))
            return new Block(this);
        Interlocked.Decrement(ref _count);
        return block;
    }

    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref _count) <= MostSpare)
            _spare.Enqueue(block);
        else
            Interlocked.Decrement(ref _count);
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockSize);

        public Memory<byte> Memory => _bytes;

        public void Dispose() => pool.Return(this);
    }
}
