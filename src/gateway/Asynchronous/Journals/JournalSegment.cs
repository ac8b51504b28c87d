using Microsoft.Win32.SafeHandles;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>One file of the journal. The writer is the only one that appends and counts; anybody may read.</summary>
internal sealed class JournalSegment : IDisposable
{
    private readonly SafeFileHandle _file;

    private JournalSegment(string path, long number, JournalMarker marker, SafeFileHandle file, long length)
    {
        Path = path;
        Number = number;
        Marker = marker;
        _file = file;
        Length = length;
    }

    public string Path { get; }

    public long Number { get; }

    /// <summary>What stands before each of its frames.</summary>
    public JournalMarker Marker { get; }

    /// <summary>Bytes that are written for good.</summary>
    public long Length { get; private set; }

    /// <summary>How many events stand here that are not over.</summary>
    public int Live { get; set; }

    /// <summary>Whether something in it could not be read back: then it is kept for a person to look at.</summary>
    public bool IsDamaged { get; set; }

    public static JournalSegment Create(string path, long number, JournalMarker marker) =>
        new(path, number, marker, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete), 0);

    /// <summary>A segment of an earlier process; it is only read.</summary>
    public static JournalSegment Open(string path, long number, JournalMarker marker)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return new JournalSegment(path, number, marker, file, RandomAccess.GetLength(file));
    }

    /// <summary>Appends and, if asked, returns only when it is on the disk. What was written in part is taken back.</summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
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

    /// <summary>How many bytes could be had.</summary>
    public int Read(Span<byte> bytes, long offset)
    {
        var total = 0;
        while (total < bytes.Length && RandomAccess.Read(_file, bytes[total..], offset + total) is > 0 and var read)
            total += read;
        return total;
    }

    public void Dispose() => _file.Dispose();
}
