using System.Globalization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>The folder of a journal: segments by number, and a lock, because two writers would lose each other's events.</summary>
internal sealed class JournalFolder : IDisposable
{
    private const string Extension = ".journal";
    private const string Damaged = "damaged";
    private const int KeptDamaged = 8;
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
           let named = Parse(Path.GetFileNameWithoutExtension(file))
           where named is not null
           orderby named.Value.Number
           select JournalSegment.Open(file, named.Value.Number, named.Value.Marker),
    ];

    public JournalSegment Create(long number)
    {
        var marker = JournalMarker.Fresh();
        var name = string.Create(CultureInfo.InvariantCulture, $"{number:D16}-{marker}{Extension}");
        var segment = JournalSegment.Create(Path.Combine(_path, name), number, marker);
        Fsync.Folder(_path);
        return segment;
    }

    /// <summary>
    /// Removes a segment for good: a later one may only go when this one cannot come back. A damaged one goes to a folder where nobody reads
    /// it but a person; the newest few stay there.
    /// </summary>
    public void Delete(JournalSegment segment)
    {
        segment.Dispose();
        if (segment.IsDamaged)
            SetAside(segment.Path);
        else
            File.Delete(segment.Path);
        Fsync.Folder(_path);
    }

    public void Dispose() => _lock.Dispose();

    private void SetAside(string segment)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_path, Damaged), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(segment, Path.Combine(folder.FullName, Path.GetFileName(segment)), overwrite: true);
        foreach (var old in folder.GetFiles("*" + Extension).OrderByDescending(f => f.Name, StringComparer.Ordinal).Skip(KeptDamaged))
            old.Delete();
    }

    // Segments of before markers have a number alone.
    private static (long Number, JournalMarker Marker)? Parse(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (!long.TryParse(dash < 0 ? name : name[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return dash < 0 ? (number, JournalMarker.None) : JournalMarker.TryParse(name[(dash + 1)..], out var marker) ? (number, marker) : null;
    }
}
