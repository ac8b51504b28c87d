using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Contents;

/// <summary>Walks a code folder. Links are not followed; what cannot be staged is an error each.</summary>
internal sealed class CodeTreeReader
{
    /// <summary>More than any function has; who names a home directory by mistake hears it within a moment.</summary>
    public const int MaxEntries = 100_000;

    private readonly string _root;
    private readonly Origin _origin;
    private readonly IgnoreFile _ignored;
    private readonly List<CodeEntry> _entries = [];
    private bool _failed;

    private CodeTreeReader(string root, Origin origin)
    {
        _root = root;
        _origin = origin;
        _ignored = IgnoreFile.Of(root);
    }

    /// <returns>Null when something in the folder cannot be staged; the origin has been told.</returns>
    public static CodeTree? Read(string folder, Origin origin, CancellationToken cancellationToken)
    {
        var root = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(folder);
        CodeTreeReader reader;
        try
        {
            reader = new CodeTreeReader(root, origin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            origin.Error(DiagnosticCodes.FileAccess, $"the code's {IgnoreFile.Name} cannot be read: {e.Message}", "it must be readable");
            return null;
        }

        try
        {
            reader.Walk("", cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reader.Fail(DiagnosticCodes.FileAccess, $"the code cannot be read: {e.Message}", "the folder and all in it must be readable");
        }

        reader._entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return reader._failed ? null : new CodeTree(root, reader._entries);
    }

    private void Walk(string folder, CancellationToken cancellationToken)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(Path.Combine(_root, folder)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var relative = folder.Length == 0 ? Path.GetFileName(path) : $"{folder}/{Path.GetFileName(path)}";
            if (FileFacts.Of(path) is not { } facts || Exclusions.Excludes(relative, facts, path) || _ignored.Excludes(relative, facts.IsFolder))
                continue;
            if (facts.IsFolder)
                Walk(relative, cancellationToken);
            else
                Take(relative, facts, path);
            if (_entries.Count > MaxEntries)
            {
                Fail(DiagnosticCodes.WrongValue, $"'{_root}' holds more than {MaxEntries:N0} files", "name the folder of the function alone");
                return;
            }
        }
    }

    private void Take(string relative, FileFacts facts, string path)
    {
        if (facts.IsFile)
        {
            _entries.Add(new CodeEntry(relative, facts, null));
            return;
        }

        if (!facts.IsLink)
        {
            Fail(DiagnosticCodes.NotSupported, $"'{path}' is neither a file, a folder nor a link", "remove it from the code folder");
            return;
        }

        var target = new FileInfo(path).LinkTarget ?? "";
        if (LinkRule.StaysInside(relative, target))
            _entries.Add(new CodeEntry(relative, facts, target));
        else
            Fail(DiagnosticCodes.NotSupported, $"the link '{path}' leads out of the code folder, to '{target}'", "copy what it points to into the folder, or make it relative");
    }

    private void Fail(string code, string message, string help)
    {
        _failed = true;
        _origin.Error(code, message, help);
    }
}
