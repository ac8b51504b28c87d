using System.Buffers.Binary;

namespace Esb.Dynalite.LevelDb;

/// <summary>Reads the fields of a record or a block. Source: LevelDB, util/coding.h.</summary>
/// <param name="bytes">The record or block.</param>
/// <param name="position">Where it is, for errors.</param>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes, FilePosition position)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The bytes that have not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public byte Byte() => Bytes(1)[0];

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    /// <summary>A number in one to five bytes, which must fit into an int.</summary>
    public int Length() => Number() is <= int.MaxValue and var number
        ? (int)number
        : throw position.Damaged("a length is out of range");

    /// <summary>A number in one to ten bytes, seven bits in each.</summary>
    public ulong Number()
    {
        ulong number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return number;
        }

        throw position.Damaged("a number has too many bytes");
    }

    public ReadOnlySpan<byte> Bytes(int length)
    {
        if (length > _rest.Length)
            throw position.Damaged("it ends in the middle of a field");
        var read = _rest[..length];
        _rest = _rest[length..];
        return read;
    }

    /// <summary>Bytes with their length before them.</summary>
    public ReadOnlySpan<byte> PrefixedBytes() => Bytes(Length());
}
