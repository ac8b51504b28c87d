using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;

namespace Esb.Stores.Tests.Backups;

/// <summary>Archives that differ from what the program writes.</summary>
internal static class Archives
{
    /// <summary>The files of an archive, without its checksum.</summary>
    public static List<(string Name, byte[] Content)> FilesOf(byte[] archive)
    {
        var files = new List<(string, byte[])>();
        using var tar = new TarReader(new MemoryStream(archive));
        while (tar.GetNextEntry() is { } entry)
        {
            var content = new byte[entry.Length];
            entry.DataStream?.ReadExactly(content);
            if (entry.Name != "sha256")
                files.Add((entry.Name, content));
        }

        return files;
    }

    /// <summary>An archive of other files, with a checksum that is right.</summary>
    public static byte[] Of(IEnumerable<(string Name, byte[] Content)> files)
    {
        var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
                Add(tar, name, content);
            var digest = Convert.ToHexStringLower(SHA256.HashData(archive.ToArray()));
            Add(tar, "sha256", Encoding.ASCII.GetBytes(digest.PadRight(512)));
        }

        return archive.ToArray();
    }

    /// <summary>The archive with a change in its manifest.</summary>
    public static byte[] WithManifest(byte[] archive, string from, string to) => Of(FilesOf(archive).Select(file =>
        file.Name == "backup.json"
            ? (file.Name, Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(file.Content).Replace(from, to, StringComparison.Ordinal)))
            : file));

    private static void Add(TarWriter tar, string name, byte[] content) => tar.WriteEntry(
        new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
