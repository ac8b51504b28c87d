using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>
/// Builds the bytes of a key. Each part is prefix-free: zero bytes are escaped and two of them end a part. So keys
/// order as their parts do, and what follows a part never changes the order.
/// </summary>
internal sealed class KeyBytes
{
    private const byte Zero = 0x00;
    private const byte EscapedZero = 0xFF;

    private readonly ArrayBufferWriter<byte> _buffer = new(64);

    /// <summary>Appends a partition key after four bytes of its hash, by which partitions are ordered.</summary>
    public KeyBytes Partition(ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(sizeof(uint)), XxHash32.HashToUInt32(value));
        _buffer.Advance(sizeof(uint));
        return Part(value);
    }

    /// <summary>Appends a part and its end.</summary>
    public KeyBytes Part(ReadOnlySpan<byte> value)
    {
        BeginningOfPart(value);
        _buffer.Write([Zero, Zero]);
        return this;
    }

    /// <summary>Appends what all parts have in common that begin with some bytes.</summary>
    public KeyBytes BeginningOfPart(ReadOnlySpan<byte> value)
    {
        for (var zero = value.IndexOf(Zero); zero >= 0; zero = value.IndexOf(Zero))
        {
            _buffer.Write(value[..zero]);
            _buffer.Write([Zero, EscapedZero]);
            value = value[(zero + 1)..];
        }

        _buffer.Write(value);
        return this;
    }

    /// <summary>Appends a whole key.</summary>
    public KeyBytes Key(Bytes key)
    {
        _buffer.Write(key.Span);
        return this;
    }

    /// <summary>The bytes so far.</summary>
    public Bytes ToBytes() => new(_buffer.WrittenSpan.ToArray());
}
