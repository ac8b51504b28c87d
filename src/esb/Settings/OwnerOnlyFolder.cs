namespace Esb.Cli.Settings;

/// <summary>Folders that nobody else may look into.</summary>
internal static class OwnerOnlyFolder
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Makes it; one that is there already must be closed to others, for a folder below /tmp may be anybody's.
    /// </summary>
    /// <exception cref="CommandFailure">Others may look into it.</exception>
    public static void Create(string path)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if ((File.GetUnixFileMode(path) & Others) != 0)
            throw CommandFailure.Environment($"{path} is open to other users", $"chmod 700 {path}");
    }
}
