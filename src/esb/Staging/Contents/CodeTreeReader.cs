using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Reads a code folder. A link to a path inside the folder stays a link. A link to another path of the project is
/// replaced by its target, as <c>sam build</c> does. Each item that cannot be staged is an error.
/// </summary>
internal sealed class CodeTreeReader
{
    /// <summary>
    /// More files than any function has, so that a home directory named by mistake is reported quickly.
    /// </summary>
    public const int MaxEntries = 100_000;

    // .NET's replacement for bytes that are not UTF-8.
    private const char NotUtf8 = '\uFFFD';

    // Without a limit, two links in each of thirty nested folders would be followed a billion times.
    private const int MaxFollowed = 1_000;

    private readonly string _root;
    private readonly Origin _origin;
    private readonly PlatformContent _platform;
    private readonly IgnoreFile _ignored;
    private readonly bool _everything;
    private readonly List<CodeEntry> _entries = [];

    // The real folders of the links that led to the current folder: following a link to one of them, or to a folder
    // above one, would never end.
    private readonly Stack<string> _within = new();
    private int _followed;
    private bool _failed;

    private CodeTreeReader(string root, Origin origin, bool everything)
    {
        _root = root;
        _origin = origin;
        _everything = everything;
        _platform = new PlatformContent(root, origin.Project);
        _ignored = everything ? IgnoreFile.Parse("") : IgnoreFile.Of(root, origin.Project);
    }

    /// <returns>Null when something in the folder cannot be staged, which was reported to the origin.</returns>
    public static CodeTree? Read(string folder, Origin origin, CancellationToken cancellationToken) =>
        Read(folder, origin, everything: false, cancellationToken);

    /// <summary>
    /// Reads everything, including what is left out of sources: caches, history, virtual environments.
    /// </summary>
    /// <returns>Null when something in the folder cannot be staged, which was reported to the origin.</returns>
    public static CodeTree? ReadAll(string folder, Origin origin, CancellationToken cancellationToken) =>
        Read(folder, origin, everything: true, cancellationToken);

    private static CodeTree? Read(string folder, Origin origin, bool everything, CancellationToken cancellationToken)
    {
        var root = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
        CodeTreeReader reader;
        try
        {
            reader = new CodeTreeReader(root, origin, everything);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            origin.Error(
                DiagnosticCodes.FileAccess,
                $"the code's {IgnoreFile.Name} cannot be read: {e.Message}",
                "it must be readable");
            return null;
        }

        try
        {
            reader.Walk("", "", cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reader.Fail(
                DiagnosticCodes.FileAccess,
                $"the code cannot be read: {e.Message}",
                "the folder and everything in it must be readable");
        }

        reader._entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return reader._failed ? null : new CodeTree(root, reader._entries);
    }

    // top: the folder that a link was replaced by, which its own links must not leave; "" for the code itself.
    private void Walk(string folder, string top, CancellationToken cancellationToken)
    {
        string[] paths = [.. Directory.EnumerateFileSystemEntries(Path.Combine(_root, folder))];
        var kind = KindOf(folder, paths);
        if (kind == PlatformFolderKind.Whole && folder.Length > 0)
        {
            _origin.LeftOutOwn($"the folder '{folder}'");
            return;
        }

        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_followed > MaxFollowed)
                return;
            var relative = folder.Length == 0 ? Path.GetFileName(path) : $"{folder}/{Path.GetFileName(path)}";
            if (Statx.OfLink(path, out var error) is not { } facts)
            {
                Unseen(relative, path, error);
                continue;
            }

            if (LeavesOut(relative, facts, path) || IsOwn(relative, facts, path, kind))
                continue;
            if (facts.IsFolder)
                Walk(relative, top, cancellationToken);
            else if (facts.IsLink && !IsInside(path, relative, top))
                Follow(relative, path, cancellationToken);
            else
                Take(relative, facts, path);
            if (_entries.Count > MaxEntries)
            {
                Fail(
                    DiagnosticCodes.WrongValue,
                    $"'{_root}' holds more than {MaxEntries:N0} files",
                    "name the folder of the function alone");
                return;
            }
        }
    }

    // .NET cannot open a file whose name is not UTF-8. Any other path without an error has just been removed.
    private void Unseen(string relative, string path, string? error)
    {
        if (!_everything && _ignored.Excludes(relative, isFolder: false))
            return;
        if (relative.Contains(NotUtf8))
            Fail(
                DiagnosticCodes.NotSupported,
                $"the name of '{path}' is not UTF-8",
                "rename it; code is identified by its names");
        else if (error is not null)
            Fail(
                DiagnosticCodes.FileAccess,
                $"'{path}' cannot be inspected: {error}",
                "the folder and everything in it must be readable");
    }

    private bool LeavesOut(string relative, Statx facts, string path) =>
        !_everything && (Exclusions.Excludes(relative, facts, path)
            || _ignored.Excludes(relative, facts.IsFolder)
            || IsSettings(relative, facts, path));

    private PlatformFolderKind KindOf(string folder, string[] paths)
    {
        if (_everything)
            return PlatformFolderKind.None;
        var names = paths.Select(p => Path.GetFileName(p)).ToHashSet(StringComparer.Ordinal);
        return _platform.KindOf(Path.Combine(_root, folder), names);
    }

    private bool IsOwn(string relative, Statx facts, string path, PlatformFolderKind kind)
    {
        if (_everything)
            return false;
        var isOwn = PlatformContent.IsOwn(Path.GetFileName(relative), kind);
        var what = isOwn ? (facts.IsFolder ? "the folder" : "the file") : PlatformArchive.Of(path, facts);
        if (what is not null)
            _origin.LeftOutOwn($"{what} '{relative}'");
        return what is not null;
    }

    // Otherwise the secrets of all functions would be in the code, the bundle and the image of one function.
    private bool IsSettings(string relative, Statx facts, string path)
    {
        if (facts.IsFolder || _origin.Project is not { } project)
            return false;
        if (project.IsSettings(path))
            _origin.LeftOut($"'{relative}'");
        else if (project.IsNamed(path))
            _origin.LeftOutNamed($"'{relative}'");
        else
            return false;
        return true;
    }

    private void Take(string relative, Statx facts, string path)
    {
        if (facts.IsLink && TargetOf(path).Contains(NotUtf8))
            Fail(
                DiagnosticCodes.NotSupported,
                $"the target of the link '{path}' is not UTF-8",
                "rename the target, and link to its new name");
        else if (facts.IsFile || facts.IsLink)
            _entries.Add(new CodeEntry(relative, facts, facts.IsLink ? TargetOf(path) : null));
        else
            Fail(
                DiagnosticCodes.NotSupported,
                $"'{path}' is neither a file, a folder nor a link",
                "remove it from the code folder");
    }

    private static string TargetOf(string path) => new FileInfo(path).LinkTarget ?? "";

    private static bool IsInside(string path, string relative, string top) =>
        LinkRule.StaysInside(top.Length == 0 ? relative : relative[(top.Length + 1)..], TargetOf(path));

    private void Follow(string relative, string path, CancellationToken cancellationToken)
    {
        if (_origin.Project?.RealPathOf(path) is not { } real)
        {
            var border = _origin.Project is { } project ? $"the project, {project.Root}," : "the code folder,";
            Fail(
                DiagnosticCodes.NotSupported,
                $"the link '{path}' leads out of {border} to '{TargetOf(path)}'",
                "copy its target into the folder");
            return;
        }

        if (Statx.OfLink(real) is not { } facts)
            Fail(
                DiagnosticCodes.FileAccess,
                $"the link '{path}' points to '{TargetOf(path)}', which does not exist",
                "repair or remove it");
        else if (LeavesOut(relative, facts, path) || IsOwn(relative, facts, real, PlatformFolderKind.None))
            return;
        else if (facts.IsFile && !_everything && _platform.Holds(real))
            _origin.LeftOutOwn($"the file '{relative}'");
        else if (facts.IsFolder)
            FollowFolder(relative, path, real, cancellationToken);
        else
            Take(relative, facts, path);
    }

    private void FollowFolder(string relative, string path, string real, CancellationToken cancellationToken)
    {
        _within.Push(_origin.Project?.RealPathOf(Path.GetDirectoryName(path)!) ?? "");
        if (_within.Any(folder => folder == real || folder.StartsWith(real + "/", StringComparison.Ordinal)))
            Fail(
                DiagnosticCodes.NotSupported,
                $"the link '{path}' points to a folder that contains it, '{real}'",
                "remove it, or name it in .samignore");
        else if (++_followed > MaxFollowed)
            Fail(
                DiagnosticCodes.WrongValue,
                $"more than {MaxFollowed:N0} links lead out of the code folder",
                "copy their targets into the folder");
        else
            Walk(relative, relative, cancellationToken);
        _within.Pop();
    }

    private void Fail(string code, string message, string help)
    {
        _failed = true;
        _origin.Error(code, message, help);
    }
}
