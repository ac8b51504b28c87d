using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Snappier;

namespace Esb.Dynalite.LevelDb;

/// <summary>A file with entries in the order of their keys. Source: LevelDB, doc/table_format.md.</summary>
internal sealed class SortedTable : IDisposable
{
    private const int FooterSize = 48;
    private const ulong Magic = 0xDB4775248B80FB57;

    // After each block: its compression in one byte, and the checksum.
    private const int TrailerSize = 5;
    private const byte NotCompressed = 0;
    private const byte SnappyCompressed = 1;

    // Snappy copies at most 64 bytes for three bytes of a block.
    private const int MostBytesForOne = 32;

    private readonly string _path;
    private readonly long _size;
    private readonly SafeFileHandle _file;

    /// <param name="path">The file.</param>
    /// <param name="size">Its size, according to the list of files.</param>
    public SortedTable(string path, long size)
    {
        (_path, _size) = (path, size);
        _file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The entries whose keys are not before a key.</summary>
    /// <exception cref="DamageException">A block that was read is damaged.</exception>
    public IEnumerable<Entry> From(byte[] key)
    {
        foreach (var (lastKey, handle) in Index().Entries())
        {
            // The key in the index is not before any key of the block.
            if (Entry.UserKey(lastKey, new FilePosition(_path, 0)).SequenceCompareTo(key) < 0)
                continue;
            var block = Read(handle.Span, out var position);
            foreach (var (internalKey, value) in block.Entries())
            {
                var entry = Entry.Of(internalKey, value, position);
                if (entry.Key.AsSpan().SequenceCompareTo(key) >= 0)
                    yield return entry;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private Block Index()
    {
        var footerAt = _size - FooterSize;
        var footer = new byte[FooterSize];
        if (footerAt < 0 || RandomAccess.Read(_file, footer, footerAt) < FooterSize)
            throw new DamageException(_path, Math.Max(0, footerAt), $"the file is shorter than {_size} bytes");
        if (BinaryPrimitives.ReadUInt64LittleEndian(footer.AsSpan(FooterSize - sizeof(ulong))) != Magic)
            throw new DamageException(_path, footerAt, "the file does not end as a sorted table does");
        var fields = new FieldReader(footer, new FilePosition(_path, footerAt));
        fields.Number();
        fields.Number();
        return Read(fields.Rest, out _);
    }

    private Block Read(ReadOnlySpan<byte> handle, out FilePosition position)
    {
        var fields = new FieldReader(handle, new FilePosition(_path, 0));
        var (offset, length) = (fields.Number(), fields.Number());
        if (offset > (ulong)_size || length > int.MaxValue - TrailerSize
            || length + TrailerSize > (ulong)_size - offset)
            throw new DamageException(_path, 0, "a block is outside of the file");
        position = new FilePosition(_path, (long)offset);
        var stored = new byte[(int)length + TrailerSize];
        if (RandomAccess.Read(_file, stored, (long)offset) < stored.Length)
            throw position.Damaged("the file is too short for a block");
        // The checksum covers the byte with the compression as well.
        if (!Checksum.Matches(BinaryPrimitives.ReadUInt32LittleEndian(stored.AsSpan(^4..)), stored.AsSpan(..^4)))
            throw position.Damaged("the checksum of a block does not match");
        var content = stored.AsMemory(..^TrailerSize);
        return stored[^TrailerSize] switch
        {
            NotCompressed => new Block(content, position),
            SnappyCompressed => new Block(Decompressed(content.Span, position), position),
            var other => throw position.Damaged($"a block has the unknown compression {other}"),
        };
    }

    private static byte[] Decompressed(ReadOnlySpan<byte> content, FilePosition position)
    {
        try
        {
            return Snappy.GetUncompressedLength(content) / MostBytesForOne <= content.Length
                ? Snappy.DecompressToArray(content)
                : throw position.Damaged("a compressed block is too large");
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw position.Damaged($"a block cannot be decompressed: {e.Message}");
        }
    }
}
