using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Sam.Reading;
using Esb.Schema.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>How much of a folder's content ESB itself wrote.</summary>
internal enum PlatformFolderKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Generated files or a revision; other files in the folder may be code.</summary>
    Files,

    /// <summary>Everything: the configuration or the state of a platform.</summary>
    Whole,
}

/// <summary>
/// Recognises files that ESB itself wrote. They are not part of any code, since they contain the secrets of all
/// functions and change with each deploy. The folders of this platform are known; those of other platforms, and copies,
/// are recognised by their content.
/// </summary>
/// <param name="root">The code folder. It is code even if it is also a folder of the platform.</param>
/// <param name="project">The project, which knows the folders of this platform; null when they are not known.</param>
internal sealed class PlatformContent(string root, ProjectFiles? project)
{
    private const string Temporary = ".esb-tmp";

    private readonly string _root = root;
    private readonly ProjectFiles? _project = project;
    private readonly List<Statx> _known =
        [.. (project?.PlatformFolders ?? []).Select(f => Statx.Of(f)).OfType<Statx>()];

    /// <param name="folder">The folder.</param>
    /// <param name="names">The names in it.</param>
    public PlatformFolderKind KindOf(string folder, IReadOnlySet<string> names)
    {
        if (_known.Count > 0 && Statx.Of(folder) is { } facts && _known.Any(known => known.IsSameFile(facts)))
            return PlatformFolderKind.Whole;
        return names.Contains(StateFolder.FormatName) && new StateFolder(folder).WasMade
            ? PlatformFolderKind.Whole
            : KindOf(names);
    }

    /// <summary>The kind of a folder of which only the names in it are known.</summary>
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

    // A killed command may have written only some of the files, but then leaves at least one temporary file.
    private static bool IsUnfinished(string name) => name.EndsWith(Temporary, StringComparison.Ordinal)
        && ConfigurationFiles.Names.Any(file => name.StartsWith($".{file}.", StringComparison.Ordinal));

    /// <summary>Whether ESB writes something with this name into a folder of this kind.</summary>
    public static bool IsOwn(string name, PlatformFolderKind kind) => kind != PlatformFolderKind.None
        && (ConfigurationFiles.Names.Contains(name)
            || name is ConfigurationFiles.Revisions or ConfigurationFiles.RevisionNote
                or ConfigurationFiles.Environment or ConfigurationFiles.Lock or ConfigurationFiles.Receipt
            || name.EndsWith(Temporary, StringComparison.Ordinal));

    /// <summary>Whether ESB wrote a file anywhere in the project, given its real path.</summary>
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

    /// <summary>Whether a code folder is the state folder of a platform, or is inside one.</summary>
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
