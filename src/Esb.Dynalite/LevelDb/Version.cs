using System.Globalization;

namespace Esb.Dynalite.LevelDb;

/// <summary>
/// The files that make up the database, as CURRENT and the list that it names say. Source: LevelDB,
/// doc/impl.md and db/version_set.cc.
/// </summary>
internal sealed class Version
{
    /// <summary>The number of levels. The tables of all levels but the first do not overlap.</summary>
    public const int Levels = 7;

    private const string Current = "CURRENT";

    private readonly Dictionary<ulong, TableFileInfo>[] _files =
        [.. Enumerable.Range(0, Levels).Select(_ => new Dictionary<ulong, TableFileInfo>())];

    private readonly string _folder;
    private ulong? _log;
    private ulong _previousLog;

    private Version(string folder) => _folder = folder;

    /// <summary>The tables of a level, in the order of their keys.</summary>
    public IEnumerable<TableFileInfo> Level(int level) =>
        _files[level].Values.OrderBy(file => file.Smallest, KeyOrder.Instance);

    /// <summary>Reads the list of files, and checks that they exist.</summary>
    /// <exception cref="DamageException">The list is damaged, or a file is missing.</exception>
    public static Version Read(string folder)
    {
        var version = new Version(folder);
        var manifest = ManifestOf(folder);
        foreach (var (position, record) in new LogFile(manifest, isManifest: true).Records())
            version.Apply(VersionEdit.Read(record, position));
        if (version._log is not { } log)
            throw new DamageException(manifest, 0, "it does not say which log is used");
        foreach (var file in version._files.SelectMany(level => level.Values))
            version.PathOf(file);
        // The first log is created only after the list, whose first record therefore has the number 0. A list that has
        // lost its last record names a log that LevelDB has deleted.
        if (log > 0 && !File.Exists(version.LogPath(log)))
            throw new DamageException(version.LogPath(log), 0, "the file is missing");
        return version;
    }

    /// <summary>The logs that contain writes which are not in the tables, oldest first.</summary>
    public IEnumerable<string> Logs() => Directory.EnumerateFiles(_folder, "*.log")
        .Select(path => ulong.TryParse(
            Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (Path: path, Number: number)
            : default)
        .Where(log => log.Path is not null && (log.Number >= _log || log.Number == _previousLog))
        .OrderBy(log => log.Number)
        .Select(log => log.Path);

    /// <summary>The path of a table; older versions of LevelDB used another extension.</summary>
    /// <exception cref="DamageException">The file is missing.</exception>
    public string PathOf(TableFileInfo file)
    {
        var path = Path.Combine(_folder, Name(file.Number, "ldb"));
        if (File.Exists(path))
            return path;
        var earlier = Path.ChangeExtension(path, "sst");
        return File.Exists(earlier) ? earlier : throw new DamageException(path, 0, "the file is missing");
    }

    private static string ManifestOf(string folder)
    {
        var current = Path.Combine(folder, Current);
        if (!File.Exists(current))
            throw new DamageException(current, 0, "the file is missing");
        var name = File.ReadAllText(current);
        if (!name.StartsWith("MANIFEST-", StringComparison.Ordinal)
            || !name.EndsWith('\n')
            || name.AsSpan()["MANIFEST-".Length..^1].ContainsAnyExceptInRange('0', '9'))
            throw new DamageException(current, 0, "it does not name a MANIFEST file");
        var manifest = Path.Combine(folder, name[..^1]);
        return File.Exists(manifest)
            ? manifest
            : throw new DamageException(manifest, 0, "the file is missing");
    }

    private string LogPath(ulong number) => Path.Combine(_folder, Name(number, "log"));

    private static string Name(ulong number, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:000000}.{extension}");

    private void Apply(VersionEdit edit)
    {
        foreach (var (level, number) in edit.Removed)
            _files[level].Remove(number);
        foreach (var (level, file) in edit.Added)
            _files[level][file.Number] = file;
        _log = edit.LogNumber ?? _log;
        _previousLog = edit.PreviousLogNumber ?? _previousLog;
    }
}
