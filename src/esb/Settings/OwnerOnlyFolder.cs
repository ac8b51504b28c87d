namespace Esb.Cli.Settings;

/// <summary>Folders that only their owner can read.</summary>
internal static class OwnerOnlyFolder
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Creates the folder. An existing one must be closed to others, since a folder below /tmp may belong to another
    /// user.
    /// </summary>
    /// <exception cref="CommandFailure">Other users can read it.</exception>
    public static void Create(string path)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if ((File.GetUnixFileMode(path) & Others) != 0)
            throw CommandFailure.Environment($"{path} is open to other users", $"chmod 700 {path}");
    }
}
