using System.Globalization;
using Esb.Schema.Files;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>The folder of a journal: segments by number, and a lock, because two writers would lose each other's events.</summary>
internal sealed class JournalFolder : IDisposable
{
    private const string Extension = ".journal";
    private const int WouldBlock = 11; // flock(2): EWOULDBLOCK

    private readonly string _path;
    private readonly FileStream _lock;

    private JournalFolder(string path, FileStream held)
    {
        _path = path;
        _lock = held;
    }

    /// <returns>Null when another gateway has it.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static JournalFolder? TryOpen(string path)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            // The kernel frees it when the process ends, however it ends.
            return new JournalFolder(path, new FileStream(Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Whether there is anything to read; asked without taking it.</summary>
    public static bool HasSegments(string path) => Directory.EnumerateFiles(path, "*" + Extension).Any();

    /// <summary>What is there, oldest first.</summary>
    public IReadOnlyList<JournalSegment> Segments() =>
    [
        .. from file in Directory.EnumerateFiles(_path, "*" + Extension)
           let number = NumberOf(file)
           where number is not null
           orderby number
           select JournalSegment.Open(file, number.Value),
    ];

    public JournalSegment Create(long number)
    {
        var segment = JournalSegment.Create(Path.Combine(_path, number.ToString("D16", CultureInfo.InvariantCulture) + Extension), number);
        FolderFlush.Flush(_path);
        return segment;
    }

    /// <summary>Removes a segment for good: a later one may only go when this one cannot come back.</summary>
    public void Delete(JournalSegment segment)
    {
        segment.Dispose();
        File.Delete(segment.Path);
        FolderFlush.Flush(_path);
    }

    public void Dispose() => _lock.Dispose();

    private static long? NumberOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
