using System.Buffers;

namespace Esb.Gateway.Bodies;

/// <summary>The received part of a body that is too large for Kestrel's buffers, in pooled arrays.</summary>
internal sealed class GatheredBody : IDisposable
{
    /// <summary>The size of a part, smaller than a large object, which only a full collection frees.</summary>
    public const int Part = 64 * 1024;

    private readonly List<byte[]> _parts = [];

    /// <summary>The number of received bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Copies received bytes.</summary>
    public void Add(ReadOnlySequence<byte> bytes)
    {
        foreach (var memory in bytes)
        {
            for (var span = memory.Span; !span.IsEmpty;)
            {
                var used = (int)(Length % Part);
                if (used == 0)
                    _parts.Add(ArrayPool<byte>.Shared.Rent(Part));
                var count = Math.Min(span.Length, Part - used);
                span[..count].CopyTo(_parts[^1].AsSpan(used));
                span = span[count..];
                Length += count;
            }
        }
    }

    /// <summary>The whole body, with its last bytes.</summary>
    public byte[] With(ReadOnlySequence<byte> last)
    {
        if (Length == 0)
            return last.ToArray();
        var whole = GC.AllocateUninitializedArray<byte>((int)(Length + last.Length));
        for (var i = 0; i < _parts.Count; i++)
            _parts[i].AsSpan(0, (int)Math.Min(Part, Length - ((long)i * Part))).CopyTo(whole.AsSpan(i * Part));
        last.CopyTo(whole.AsSpan((int)Length));
        return whole;
    }

    public void Dispose() => _parts.ForEach(part => ArrayPool<byte>.Shared.Return(part));
}
