using System.Buffers.Binary;

namespace Esb.Dynalite.LevelDb;

/// <summary>One write to a key, as a sorted table or a log contains it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Sequence">The number of the write; the highest one of a key is valid.</param>
/// <param name="Value">The value; null if the key was deleted.</param>
internal readonly record struct Entry(byte[] Key, ulong Sequence, ReadOnlyMemory<byte>? Value)
{
    private const int SuffixSize = sizeof(ulong);
    private const ulong OfDeletion = 0;
    private const ulong OfValue = 1;

    /// <summary>
    /// Reads an entry of a sorted table, where each key is followed by eight bytes with the sequence number and the
    /// type. Source: LevelDB, db/dbformat.h.
    /// </summary>
    public static Entry Of(ReadOnlySpan<byte> internalKey, ReadOnlyMemory<byte> value, FilePosition position)
    {
        var suffix = BinaryPrimitives.ReadUInt64LittleEndian(internalKey[UserKey(internalKey, position).Length..]);
        return (suffix & 0xFF) switch
        {
            OfDeletion => new Entry(UserKey(internalKey, position).ToArray(), suffix >> 8, null),
            OfValue => new Entry(UserKey(internalKey, position).ToArray(), suffix >> 8, value),
            var other => throw position.Damaged($"an entry has the unknown type {other}"),
        };
    }

    /// <summary>The key without the eight bytes that follow it.</summary>
    public static ReadOnlySpan<byte> UserKey(ReadOnlySpan<byte> internalKey, FilePosition position) =>
        internalKey.Length >= SuffixSize
            ? internalKey[..^SuffixSize]
            : throw position.Damaged("a key is too short");
}
