using System.Formats.Tar;
using System.Text;

namespace Esb.Cli.Containers;

/// <summary>
/// The context of a build: a tar stream, read from the folders in place. It omits times, owners and all mode bits but
/// the executable ones, so that the same content gives the same layers.
/// </summary>
/// <param name="Folders">The folders, with their names in the context.</param>
/// <param name="Files">The files, with their names in the context.</param>
/// <param name="Links">The targets of links, with the names of the links in the context.</param>
internal sealed record BuildContext(
    IReadOnlyList<(string Name, string Folder)> Folders,
    IReadOnlyList<(string Name, string File)> Files,
    IReadOnlyList<(string Name, string Target)> Links)
{
    private const UnixFileMode Readable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Searchable =
        Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // A constant time, the earliest that zip files can represent.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // GNU's format, not POSIX.1-2001: buildx detects an archive by its first 512 bytes, which must be an entry and not
    // an extended header.
    public async Task WriteAsync(string dockerfile, Stream output, CancellationToken cancellationToken)
    {
        await using var tar = new TarWriter(output, TarEntryFormat.Gnu, leaveOpen: true);
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(dockerfile));
        await tar.WriteEntryAsync(Entry(TarEntryType.RegularFile, "Dockerfile", Readable, text), cancellationToken);
        foreach (var (name, folder) in Folders)
        {
            await tar.WriteEntryAsync(Entry(TarEntryType.Directory, name, Searchable, null), cancellationToken);
            await WriteFolderAsync(tar, name, new DirectoryInfo(folder), cancellationToken);
        }

        foreach (var (name, file) in Files)
            await WriteFileAsync(tar, name, new FileInfo(file), cancellationToken);
        foreach (var (name, target) in Links)
            await tar.WriteEntryAsync(
                new GnuTarEntry(TarEntryType.SymbolicLink, name) { LinkName = target, ModificationTime = Time },
                cancellationToken);
    }

    private static async Task WriteFolderAsync(
        TarWriter tar, string name, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        foreach (var item in folder.EnumerateFileSystemInfos().OrderBy(i => i.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = $"{name}/{item.Name}";
            if (item.LinkTarget is { } target)
            {
                await tar.WriteEntryAsync(
                    new GnuTarEntry(TarEntryType.SymbolicLink, path) { LinkName = target, ModificationTime = Time },
                    cancellationToken);
            }
            else if (item is DirectoryInfo below)
            {
                await tar.WriteEntryAsync(Entry(TarEntryType.Directory, path, Searchable, null), cancellationToken);
                await WriteFolderAsync(tar, path, below, cancellationToken);
            }
            else
            {
                await WriteFileAsync(tar, path, (FileInfo)item, cancellationToken);
            }
        }
    }

    private static async Task WriteFileAsync(
        TarWriter tar, string name, FileInfo file, CancellationToken cancellationToken)
    {
        await using var content = file.OpenRead();
        var executable = (file.UnixFileMode & UnixFileMode.UserExecute) != 0;
        await tar.WriteEntryAsync(
            Entry(TarEntryType.RegularFile, name, executable ? Searchable : Readable, content), cancellationToken);
    }

    private static GnuTarEntry Entry(TarEntryType type, string name, UnixFileMode mode, Stream? content)
    {
        var entry = new GnuTarEntry(type, name) { Mode = mode, ModificationTime = Time };
        if (content is not null)
            entry.DataStream = content;
        return entry;
    }
}
