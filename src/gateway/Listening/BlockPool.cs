using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections.Features;

namespace Esb.Gateway.Listening;

/// <summary>
/// The memory pool for TLS and HTTP/2. Kestrel's own pool never releases memory, and over HTTP/2 a few hundred
/// connections fill it with tens of thousands of answers. This one keeps a few blocks and leaves the rest to the
/// garbage collector.
/// </summary>
internal sealed class BlockPool : MemoryPool<byte>, IMemoryPoolFeature
{
    private const int BlockSize = 4096; // the same as Kestrel's
    private const int MaxSpare = 1024;

    private readonly ConcurrentQueue<Block> _trimmer = new();
    private int _count;

    public override int MaxBufferSize => BlockSize;

    public MemoryPool<byte> MemoryPool => this;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        if (!_trimmer.TryDequeue(out var block))
            return new Block(this);
        Interlocked.Decrement(ref _count);
        return block;
    }

    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Block block)
    {
        if (Interlocked.Increment(ref _count) <= MaxSpare)
            _trimmer.Enqueue(block);
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
