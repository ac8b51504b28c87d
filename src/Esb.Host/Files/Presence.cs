namespace Esb.Host.Files;

/// <summary>
/// Whether something is there. Unlike <see cref="File.Exists"/>, which says no when a folder on the way may not be looked into, what cannot be known is an
/// error: who takes it for an absence would begin from nothing, or remove what somebody needs.
/// </summary>
public static class Presence
{
    /// <summary>Whether a path leads to a file, or to anything else that is no folder.</summary>
    /// <exception cref="IOException">It cannot be known.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be looked into.</exception>
    public static bool IsFile(string path) => Attributes(path) is { } found && !found.HasFlag(FileAttributes.Directory);

    /// <summary>Whether a path leads to a folder.</summary>
    /// <exception cref="IOException">It cannot be known.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be looked into.</exception>
    public static bool IsFolder(string path) => Attributes(path) is { } found && found.HasFlag(FileAttributes.Directory);

    /// <summary>Whether a path leads to anything.</summary>
    /// <exception cref="IOException">It cannot be known.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder on the way may not be looked into.</exception>
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
