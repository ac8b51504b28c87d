using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Sam.Reading;
using Esb.Schema.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>What ESB itself makes in a folder.</summary>
internal enum PlatformFolderKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Generated files or a revision, among what else may be there.</summary>
    Files,

    /// <summary>All of it: the configuration or the state of a platform.</summary>
    Whole,
}

/// <summary>
/// What ESB itself wrote and is no part of any code: it has the secrets of all functions, and changes with each deploy.
/// The folders of this platform are known, those of others and copies are seen by what is in them.
/// </summary>
/// <param name="root">The code folder. It stays code when it is a folder of the platform, too.</param>
/// <param name="project">Knows the folders of this platform; null when nobody does.</param>
internal sealed class PlatformContent(string root, ProjectFiles? project)
{
    private const string Temporary = ".esb-tmp";

    private readonly string _root = root;
    private readonly ProjectFiles? _project = project;
    private readonly List<Statx> _known =
        [.. (project?.PlatformFolders ?? []).Select(f => Statx.Of(f)).OfType<Statx>()];

    /// <param name="folder">The folder.</param>
    /// <param name="names">Of what is in it.</param>
    public PlatformFolderKind KindOf(string folder, IReadOnlySet<string> names)
    {
        if (_known.Count > 0 && Statx.Of(folder) is { } facts && _known.Any(known => known.IsSameFile(facts)))
            return PlatformFolderKind.Whole;
        return names.Contains(StateFolder.FormatName) && new StateFolder(folder).WasMade
            ? PlatformFolderKind.Whole
            : KindOf(names);
    }

    /// <summary>Of a folder of which only the names in it are known.</summary>
    public static PlatformFolderKind KindOf(IReadOnlySet<string> names)
    {
        var files = ConfigurationFiles.Names.Count(names.Contains);
        var isLocked = names.Contains(ConfigurationFiles.Lock);
        var hasRevisions = names.Contains(ConfigurationFiles.Revisions);
        if (isLocked || hasRevisions)
        {
            if ((isLocked && hasRevisions) || files > 0 || names.Contains(ConfigurationFiles.Environment))
                return PlatformFolderKind.Whole;
        }

        return files == ConfigurationFiles.Names.Count || (files > 0 && names.Contains(ConfigurationFiles.RevisionNote))
            || names.Any(IsUnfinished)
            ? PlatformFolderKind.Files
            : PlatformFolderKind.None;
    }

    // A command that was killed may have written only a part of the files, and leaves at least one of these.
    private static bool IsUnfinished(string name) => name.EndsWith(Temporary, StringComparison.Ordinal)
        && ConfigurationFiles.Names.Any(file => name.StartsWith($".{file}.", StringComparison.Ordinal));

    /// <summary>Whether ESB writes something of this name into a folder of such a kind.</summary>
    public static bool IsOwn(string name, PlatformFolderKind kind) => kind != PlatformFolderKind.None
        && (ConfigurationFiles.Names.Contains(name)
            || name is ConfigurationFiles.Revisions or ConfigurationFiles.RevisionNote
                or ConfigurationFiles.Environment or ConfigurationFiles.Lock or ConfigurationFiles.Receipt
            || name.EndsWith(Temporary, StringComparison.Ordinal));

    /// <summary>Whether a file somewhere in the project, by its real path, is one of them.</summary>
    public bool Holds(string file)
    {
        var border = _project?.RealPathOf(_project.Root) ?? _root;
        var above = Path.GetDirectoryName(file);
        for (var folder = above; folder is not null
            && IsAtOrBelow(folder, border); folder = Path.GetDirectoryName(folder))
        {
            var kind = KindOf(folder, NamesIn(folder));
            if (folder == above && IsOwn(Path.GetFileName(file), kind))
                return true;
            if (kind == PlatformFolderKind.Whole && !IsAtOrBelow(_root, folder))
                return true;
        }

        return false;
    }

    /// <summary>Whether a folder of code is the state of a platform, or lies in it.</summary>
    public static bool IsState(string folder)
    {
        for (var at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (new StateFolder(at).WasMade)
                return true;
        }

        return false;
    }

    private static HashSet<string> NamesIn(string folder) =>
        Directory.EnumerateFileSystemEntries(folder)
            .Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal);

    private static bool IsAtOrBelow(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
