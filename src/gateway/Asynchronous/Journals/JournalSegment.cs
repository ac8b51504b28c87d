using Microsoft.Win32.SafeHandles;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>A file of the journal. Only the writer appends and counts; any thread may read.</summary>
internal sealed class JournalSegment : IDisposable
{
    private readonly SafeFileHandle _file;

    private JournalSegment(string path, long number, SyncMarker marker, SafeFileHandle file, long length)
    {
        Path = path;
        Number = number;
        Marker = marker;
        _file = file;
        Length = length;
    }

    public string Path { get; }

    public long Number { get; }

    /// <summary>The marker before each of its frames.</summary>
    public SyncMarker Marker { get; }

    /// <summary>The number of bytes that have been written completely.</summary>
    public long Length { get; private set; }

    /// <summary>How many of its events have not ended.</summary>
    public int Live { get; set; }

    /// <summary>Whether a part of it could not be read; then it is kept for examination.</summary>
    public bool IsDamaged { get; set; }

    public static JournalSegment Create(string path, long number, SyncMarker marker) =>
        new(path, number, marker, File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete), 0);

    /// <summary>Opens a segment of an earlier process for reading.</summary>
    public static JournalSegment Open(string path, long number, SyncMarker marker)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new JournalSegment(path, number, marker, file, RandomAccess.GetLength(file));
    }

    /// <summary>
    /// Appends bytes, and returns only when they are on the disk if <paramref name="durable"/> is set. An incomplete
    /// write is undone.
    /// </summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Append(ReadOnlySpan<byte> bytes, bool durable)
    {
        try
        {
            RandomAccess.Write(_file, bytes, Length);
            if (durable)
                RandomAccess.FlushToDisk(_file);
            Length += bytes.Length;
        }
        catch (IOException)
        {
            RandomAccess.SetLength(_file, Length);
            throw;
        }
    }

    /// <summary>Reads bytes and returns how many were read.</summary>
    public int Read(Span<byte> bytes, long offset)
    {
        var total = 0;
        while (total < bytes.Length && RandomAccess.Read(_file, bytes[total..], offset + total) is > 0 and var read)
            total += read;
        return total;
    }

    public void Dispose() => _file.Dispose();
}
