namespace Esb.Host.Files;

/// <summary>
/// Whether something exists. <see cref="File.Exists"/> returns false when a folder in the path is not accessible. Here
/// that is an error, because a caller that took it for absence would start with nothing, or remove what is still
/// needed.
/// </summary>
public static class ExistenceCheck
{
    /// <summary>Whether a path, with links followed, is a file or anything else that is not a folder.</summary>
    /// <exception cref="IOException">Whether it exists cannot be determined.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder in the path is not accessible.</exception>
    public static bool IsFile(string path) => Attributes(path) is { } found && !found.HasFlag(FileAttributes.Directory);

    /// <summary>Whether a path, with links followed, is a folder.</summary>
    /// <exception cref="IOException">Whether it exists cannot be determined.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder in the path is not accessible.</exception>
    public static bool IsFolder(string path) =>
        Attributes(path) is { } found && found.HasFlag(FileAttributes.Directory);

    /// <summary>Whether a path, with links followed, exists.</summary>
    /// <exception cref="IOException">Whether it exists cannot be determined.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder in the path is not accessible.</exception>
    public static bool IsAny(string path) => Attributes(path) is not null;

    private static FileAttributes? Attributes(string path)
    {
        try
        {
            return File.GetAttributes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
