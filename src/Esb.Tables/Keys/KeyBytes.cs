using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Esb.Tables.Values;

namespace Esb.Tables.Keys;

/// <summary>
/// Builds the bytes of a key. Zero bytes are escaped and two of them end each part, so that no part is a prefix of
/// another. Keys therefore sort as their parts do, and what follows a part never changes the order.
/// </summary>
internal sealed class KeyBytes
{
    private const byte Zero = 0x00;
    private const byte EscapedZero = 0xFF;

    private readonly ArrayBufferWriter<byte> _buffer = new(64);

    /// <summary>
    /// Appends a partition key, preceded by four bytes of its hash, which determine the order of partitions.
    /// </summary>
    public KeyBytes Partition(ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(sizeof(uint)), XxHash32.HashToUInt32(value));
        _buffer.Advance(sizeof(uint));
        return Part(value);
    }

    /// <summary>Appends a part and the bytes that end it.</summary>
    public KeyBytes Part(ReadOnlySpan<byte> value)
    {
        BeginningOfPart(value);
        _buffer.Write([Zero, Zero]);
        return this;
    }

    /// <summary>Appends the bytes with which every part begins that starts with the given value.</summary>
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

    /// <summary>The bytes that have been written so far.</summary>
    public Bytes ToBytes() => new(_buffer.WrittenSpan.ToArray());
}
