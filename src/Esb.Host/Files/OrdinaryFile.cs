namespace Esb.Host.Files;

/// <summary>
/// Reads files that a person names. Anything else – a named pipe, a socket, a device, a folder – is refused before
/// it is opened: opening a pipe waits for a writer, possibly forever.
/// </summary>
public static class OrdinaryFile
{
    /// <summary>
    /// What the path is instead of a file, in words; null for a file, also through links, and for a path that does not
    /// exist.
    /// </summary>
    public static string? Instead(string path) => Statx.Of(path)?.Type switch
    {
        null or FileType.File => null,
        FileType.Pipe => "a named pipe",
        FileType.CharacterDevice or FileType.BlockDevice => "a device",
        FileType.Folder => "a folder",
        FileType.Socket => "a socket",
        _ => "no file",
    };

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="IOException">The path is not a file, does not exist, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    public static FileStream Open(string path)
    {
        Require(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>The bytes of a file; if it is larger than the limit, the limit plus one byte.</summary>
    /// <exception cref="IOException">The path is not a file, does not exist, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    public static byte[] ReadAll(string path, int limit)
    {
        using var file = Open(path);
        using var bytes = new MemoryStream();
        Span<byte> buffer = stackalloc byte[16 * 1024];
        while (bytes.Length <= limit
            && file.Read(buffer[..(int)Math.Min(buffer.Length, limit + 1L - bytes.Length)]) is var read and > 0)
            bytes.Write(buffer[..read]);
        return bytes.ToArray();
    }

    /// <summary>All bytes of a file, however large it is.</summary>
    /// <exception cref="IOException">The path is not a file, does not exist, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    public static byte[] ReadAll(string path)
    {
        Require(path);
        return File.ReadAllBytes(path);
    }

    /// <summary>All text of a file, as <see cref="File.ReadAllText(string)"/> reads it.</summary>
    /// <exception cref="IOException">The path is not a file, does not exist, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    public static string ReadText(string path)
    {
        Require(path);
        return File.ReadAllText(path);
    }

    /// <summary>Opens a file that others may write, replace and remove meanwhile, such as a log.</summary>
    /// <exception cref="IOException">The path is not a file, does not exist, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not read the file.</exception>
    public static FileStream OpenShared(string path)
    {
        Require(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    private static void Require(string path)
    {
        if (Instead(path) is { } other)
            throw new IOException($"'{path}' is {other}, not a file");
    }
}
