using System.Globalization;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// The folder of a journal: numbered segments, and a lock, because two writers would lose each other's events.
/// </summary>
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

    /// <returns>Null when another gateway holds the lock.</returns>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    public static JournalFolder? TryOpen(string path)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            // The kernel releases the lock when the process ends, even after a crash.
            return new JournalFolder(path, new FileStream(
                Path.Combine(path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            return null;
        }
    }

    /// <summary>Whether there are segments; checked without the lock.</summary>
    public static bool HasSegments(string path) => Directory.EnumerateFiles(path, "*" + Extension).Any();

    /// <summary>The segments, oldest first.</summary>
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
        var marker = SyncMarker.Fresh();
        var name = string.Create(CultureInfo.InvariantCulture, $"{number:D16}-{marker}{Extension}");
        var segment = JournalSegment.Create(Path.Combine(_path, name), number, marker);
        Fsync.Folder(_path);
        return segment;
    }

    /// <summary>
    /// Removes a segment permanently, because a later one may be deleted only when this one cannot come back. A damaged
    /// segment is moved to a folder where it can be examined; only the newest few are kept there.
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
        var folder = Directory.CreateDirectory(
            Path.Combine(_path, Damaged), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.Move(segment, Path.Combine(folder.FullName, Path.GetFileName(segment)), overwrite: true);
        var damaged = folder.GetFiles("*" + Extension).OrderByDescending(f => f.Name, StringComparer.Ordinal);
        foreach (var old in damaged.Skip(KeptDamaged))
            old.Delete();
    }

    // The names of segments that were written before there were sync markers contain only a number.
    private static (long Number, SyncMarker Marker)? Parse(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        var digits = dash < 0 ? name : name[..dash];
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return dash < 0
            ? (number, SyncMarker.None)
            : SyncMarker.TryParse(name[(dash + 1)..], out var marker) ? (number, marker) : null;
    }
}
