using System.Buffers.Binary;

namespace Esb.Dynalite.LevelDb;

/// <summary>
/// A block of a sorted table: entries in order, each with the part of its key that differs from the key before it.
/// Source: LevelDB, table/block_builder.cc.
/// </summary>
internal sealed class Block
{
    private readonly ReadOnlyMemory<byte> _entries;
    private readonly FilePosition _position;

    /// <param name="content">The content without compression.</param>
    /// <param name="position">Where the block is, for errors.</param>
    /// <exception cref="DamageException">The list at its end, of keys that are stored whole, is damaged.</exception>
    public Block(ReadOnlyMemory<byte> content, FilePosition position)
    {
        _position = position;
        var restarts = content.Length < sizeof(uint)
            ? throw position.Damaged("a block is too short")
            : BinaryPrimitives.ReadUInt32LittleEndian(content.Span[^sizeof(uint)..]);
        var end = content.Length - (sizeof(uint) * (1 + (long)restarts));
        _entries = end < 0 ? throw position.Damaged("a block is too short") : content[..(int)end];
    }

    /// <summary>The entries, with keys as they are stored in the block.</summary>
    public IEnumerable<(byte[] Key, ReadOnlyMemory<byte> Value)> Entries()
    {
        byte[] key = [];
        var rest = _entries;
        while (!rest.IsEmpty)
        {
            (key, var value, rest) = Next(key, rest);
            yield return (key, value);
        }
    }

    private (byte[] Key, ReadOnlyMemory<byte> Value, ReadOnlyMemory<byte> Remaining) Next(
        byte[] before, ReadOnlyMemory<byte> entries)
    {
        var fields = new FieldReader(entries.Span, _position);
        var shared = fields.Length();
        var own = fields.Length();
        var length = fields.Length();
        if (shared > before.Length)
            throw _position.Damaged("a key shares more bytes than the key before it has");
        byte[] key = [.. before.AsSpan(0, shared), .. fields.Bytes(own)];
        var valueAt = entries.Length - fields.Rest.Length;
        fields.Bytes(length);
        return (key, entries.Slice(valueAt, length), entries[(valueAt + length)..]);
    }
}
