using System.Text;
using Esb.Host.Files;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Staging.Contents;

/// <summary>The content of a code source: its hash, and how to write it into a folder.</summary>
/// <param name="Hash">The hash of the content, as 64 hexadecimal digits.</param>
/// <param name="Tree">The files of the folder; null for archives and inline code.</param>
/// <param name="WriteTo">Writes the content into an empty folder; false after an error, which was reported to the
/// origin.</param>
internal sealed record SourceContent(string Hash, CodeTree? Tree, Func<string, CancellationToken, bool> WriteTo)
{
    private const string Folder = "folder";
    private const string Archive = "archive";

    public static SourceContent? Read(
        CodeSource source,
        HashCache cache,
        Origin origin,
        CancellationToken cancellationToken)
    {
        switch (source)
        {
            case FolderSource folder:
                return CodeTreeReader.Read(folder.Path, origin, cancellationToken) is { } tree
                    ? OfTree(tree, Folder, cache, cancellationToken)
                    : null;
            case FileSource file:
                return Single(file.Path) is { } alone ? OfTree(alone, Folder, cache, cancellationToken) : null;
            case ArchiveSource archive:
                return Single(archive.Path) is { } zip
                    ? OfArchive(archive.Path, OfTree(zip, Archive, cache, cancellationToken), origin)
                    : null;
            case InlineSource inline:
                return new SourceContent(
                    ContentHash.Of("inline", inline.FileName, inline.Text), null, (to, _) => WriteInline(inline, to));
            default:
                throw new ArgumentOutOfRangeException(nameof(source), source, "unknown kind of code source");
        }
    }

    // Code without the left-out files has another hash, since an earlier version may have staged the archive with them.
    private static SourceContent OfArchive(string path, SourceContent bytes, Origin origin)
    {
        var leftOut = ArchivedSettings.In(path, origin);
        var hash = leftOut.Count == 0
            ? bytes.Hash
            : ContentHash.Of([bytes.Hash, "without", .. leftOut.Order(StringComparer.Ordinal)]);
        return bytes with
        {
            Hash = hash,
            Tree = null,
            WriteTo = (to, token) => Extract(path, to, leftOut, origin, token),
        };
    }

    private static SourceContent OfTree(
        CodeTree tree,
        string kind,
        HashCache cache,
        CancellationToken cancellationToken) =>
        new(
            ContentHash.Of(kind, cache.HashOf(tree, cancellationToken)),
            tree,
            (to, token) => TreeCopy.Copy(tree, to, token));

    /// <summary>The hash of a folder with this content, as in <see cref="Hash"/>.</summary>
    public static string HashOfFolder(CodeTree tree, CancellationToken cancellationToken) =>
        ContentHash.Of(Folder, ContentHash.Of(tree, cancellationToken));

    private static CodeTree? Single(string path)
    {
        var file = new FileInfo(path);
        var real = (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).FullName;
        return Statx.OfLink(real) is { } facts
            ? new CodeTree(Path.GetDirectoryName(real)!, [new CodeEntry(Path.GetFileName(real), facts, null)])
            : null;
    }

    /// <summary>
    /// Whether each file of an archive is executable, by path; null when the archive cannot be unpacked, which was
    /// reported to the origin.
    /// </summary>
    public static IReadOnlyDictionary<string, bool>? Verify(
        string archive,
        Origin origin,
        CancellationToken cancellationToken) =>
        Guarded(archive, origin, () => ArchiveExtraction.Verify(archive, cancellationToken));

    private static bool Extract(
        string archive,
        string folder,
        IReadOnlySet<string> leftOut,
        Origin origin,
        CancellationToken cancellationToken) =>
        Guarded(archive, origin, () =>
        {
            ArchiveExtraction.Extract(archive, folder, leftOut, cancellationToken);
            return "";
        }) is not null;

    private static T? Guarded<T>(string archive, Origin origin, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            origin.Error(
                DiagnosticCodes.WrongValue, $"'{archive}' cannot be unpacked: {e.Message}", "make the archive again");
            return null;
        }
    }

    private static bool WriteInline(InlineSource inline, string folder)
    {
        File.WriteAllText(Path.Combine(folder, inline.FileName), inline.Text, new UTF8Encoding(
            encoderShouldEmitUTF8Identifier: false));
        return true;
    }
}
