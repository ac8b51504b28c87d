using Esb.Host.Files;

namespace Esb.Objects.Storage;

/// <summary>Writes small files that survive a crash of the machine.</summary>
internal static class Durable
{
    /// <summary>Writes a file. After a crash it has either the old or the new content.</summary>
    /// <exception cref="IOException">The folder is gone or the disk reports an error.</exception>
    public static void WriteFile(DataFolder data, string path, ReadOnlySpan<byte> content)
    {
        using var temporary = data.NewTemporaryFile();
        temporary.Stream.Write(content);
        temporary.Flush();
        temporary.MoveTo(path);
        Fsync.Folder(Path.GetDirectoryName(path)!);
    }
}
