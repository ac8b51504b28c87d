namespace Esb.Dynalite.LevelDb;

/// <summary>
/// Reads a LevelDB folder, and never changes it. Nothing else can open the folder meanwhile. Memory holds the writes of
/// the logs and a block of each table that is being read.
/// </summary>
public sealed class LevelDatabase : IDisposable
{
    private readonly FolderLock _lock;
    private readonly Version _version;
    private readonly RecentWrites _recent = new();
    private readonly List<FilePosition> _unfinished = [];

    private LevelDatabase(string folder)
    {
        _lock = FolderLock.Take(folder);
        try
        {
            _version = Version.Read(folder);
            foreach (var path in _version.Logs())
                ReadLog(new LogFile(path, isManifest: false));
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Where logs end in the middle of a write, after a power cut or a process that was stopped while it wrote. LevelDB
    /// ignores that write.
    /// </summary>
    public IReadOnlyList<FilePosition> Unfinished => _unfinished;

    /// <summary>Whether a folder contains data of LevelDB.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the folder.</exception>
    public static bool IsIn(string folder) =>
        Directory.Exists(folder)
        && Directory.EnumerateFiles(folder).Any(path => Path.GetFileName(path) == "CURRENT"
            || Path.GetExtension(path) is ".ldb" or ".sst" or ".log");

    /// <summary>Opens a folder.</summary>
    /// <exception cref="DamageException">A file is damaged or missing.</exception>
    /// <exception cref="FolderInUseException">Another process has opened the folder.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the folder.</exception>
    public static LevelDatabase Open(string folder) => new(folder);

    /// <summary>The keys that begin with a prefix, in order, with their values.</summary>
    /// <exception cref="DamageException">A block that was read is damaged.</exception>
    public IEnumerable<(byte[] Key, ReadOnlyMemory<byte> Value)> Read(byte[] prefix)
    {
        List<IEnumerable<Entry>> sources =
        [
            _recent.From(prefix),
            .. _version.Level(0).Where(file => file.MayContain(prefix)).Select(file => From(file, prefix)),
            .. Enumerable.Range(1, Version.Levels - 1).Select(level => From(level, prefix)),
        ];
        return Merge.Latest(sources).TakeWhile(entry => entry.Key.AsSpan().StartsWith(prefix));
    }

    /// <inheritdoc />
    public void Dispose() => _lock.Dispose();

    // The tables of one level are read one after the other, so only one of them is open.
    private IEnumerable<Entry> From(int level, byte[] prefix) =>
        _version.Level(level).Where(file => file.MayContain(prefix)).SelectMany(file => From(file, prefix));

    private IEnumerable<Entry> From(TableFileInfo file, byte[] prefix)
    {
        using var table = new SortedTable(_version.PathOf(file), file.Size);
        foreach (var entry in table.From(prefix))
            yield return entry;
    }

    private void ReadLog(LogFile log)
    {
        foreach (var (position, record) in log.Records())
            _recent.Add(record, position);
        if (log.UnfinishedAt is { } unfinished)
            _unfinished.Add(unfinished);
    }
}
