using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;

namespace Esb.Cli.Templates;

/// <summary>
/// The folder with the generated files of one deploy, not merged with others, for review and comparison. A file with
/// the same content is not rewritten.
/// </summary>
internal static class GeneratedFolder
{
    /// <summary>The name of the receipt, which is written beside the three files.</summary>
    public const string ReceiptName = ConfigurationFiles.Receipt;

    // The environment of a function may hold secrets.
    private const UnixFileMode OwnerOnlyFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Refuses the configuration folder, where the generated files would replace the entries of other deploys.
    /// </summary>
    /// <exception cref="CommandFailure">The folder is the configuration folder.</exception>
    public static void RequireApart(string folder, string configuration)
    {
        ProjectLinks.Refuse(folder);
        if (IsSame(folder, configuration))
            throw CommandFailure.Usage(
                $"--output is the configuration folder {configuration}, where the generated files would replace what "
                    + "stands there",
                "name another folder, or leave out --output");
    }

    /// <summary>Refuses a configuration folder with entries that would be lost.</summary>
    /// <exception cref="CommandFailure">An entry would be lost.</exception>
    public static void RequireNothingLost(string folder, string configuration, IncomingConfiguration incoming)
    {
        ProjectLinks.Refuse(folder);
        if (!IsSame(folder, configuration) && !ExistenceCheck.IsFolder(Path.Combine(folder, RevisionStore.FolderName)))
            return;
        var damaged = new DiagnosticBag();
        var before = ConfigurationFolder.ReadDamaged(folder, damaged);
        if (damaged.HasErrors)
            throw new CommandFailure(ExitCode.Failure, [.. damaged]);
        var lost = DocumentKind.All.SelectMany(kind => kind.Compare(before[kind].Document, incoming[kind]))
            .Where(c => c.Kind == ChangeKind.Removed)
            .Select(c => $"{c.Section} {c.Key}")
            .ToList();
        if (lost.Count == 0)
            return;
        var failure = CommandFailure.Usage(
            $"{folder} is a configuration folder, and not everything in it is generated again; nothing was "
                + "changed",
            "name another folder with --output, or esb deploy, which merges; what would be lost:");
        throw failure.WithDetails(lost);
    }

    private static bool IsSame(string one, string other) =>
        Path.GetFullPath(one).TrimEnd('/') == Path.GetFullPath(other).TrimEnd('/')
            || (FolderIdentity.Of(one) is { } identity && identity == FolderIdentity.Of(other));

    /// <summary>Checks before anything is written that all of the files can be written.</summary>
    /// <exception cref="CommandFailure">The folder is not a folder, or one of its files is not a file.</exception>
    public static void RequireFiles(string folder)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (!Path.Exists(above))
                continue;
            if (!Directory.Exists(above))
                throw CommandFailure.Usage(
                    $"--output is {folder}, and {above} is {OrdinaryFile.Instead(above) ?? "a file"}, not a folder",
                    "name a folder");
            break;
        }

        foreach (var name in (string[])[.. ConfigurationFiles.Names, ReceiptName])
            RequireFile(Path.Combine(folder, name));
    }

    /// <param name="folder">The folder to write to.</param>
    /// <param name="incoming">The documents.</param>
    /// <param name="forImages">Whether the files go into images, where another user reads them.</param>
    public static void Write(string folder, IncomingConfiguration incoming, bool forImages = false)
    {
        RequireFiles(folder);
        Directory.CreateDirectory(folder, OwnerOnly);
        List<FileReplacement> prepared = [];
        try
        {
            // All files are prepared before the first one is replaced. If this process is killed, the folder therefore
            // contains either all three files or a temporary file; both show that it is not part of any code.
            foreach (var kind in DocumentKind.All)
            {
                UnixFileMode? mode = forImages ? null : OwnerOnlyFile;
                var path = Path.Combine(folder, kind.Name);
                var content = ConfigurationDocument.Write(incoming[kind], []);
                if (!IsEqual(path, content))
                    prepared.Add(FileReplacement.Prepare(path, content, mode));
            }

            prepared.ForEach(replacement => replacement.Commit());
            foreach (var kind in DocumentKind.All)
                FileReplacement.RemoveLeftoversOfEnded(Path.Combine(folder, kind.Name));
        }
        finally
        {
            prepared.ForEach(replacement => replacement.Dispose());
        }
    }

    public static void Write(string folder, string name, ReadOnlySpan<byte> content, UnixFileMode? mode = null)
    {
        var path = Path.Combine(folder, name);
        RequireFile(path);
        Directory.CreateDirectory(folder, OwnerOnly);
        if (!IsEqual(path, content))
            Replace(path, content, mode);
        FileReplacement.RemoveLeftoversOfEnded(path);
    }

    private static bool IsEqual(string path, ReadOnlySpan<byte> content) =>
        File.Exists(path) && OrdinaryFile.ReadAll(path).AsSpan().SequenceEqual(content);

    private static void Replace(string path, ReadOnlySpan<byte> content, UnixFileMode? mode)
    {
        using var replacement = FileReplacement.Prepare(path, content, mode);
        replacement.Commit();
    }

    private static void RequireFile(string path)
    {
        ProjectLinks.Refuse(path);
        // A link may point to any file of the user.
        var other = new FileInfo(path).LinkTarget is null
            ? OrdinaryFile.Instead(path)
            : $"a link to {OrdinaryFile.Instead(path) ?? "another place"}";
        if (other is not null)
            throw CommandFailure.Usage(
                $"{path} is {other}; esb writes only files", "remove it, or name another folder with --output");
    }
}
