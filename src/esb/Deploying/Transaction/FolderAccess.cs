using Esb.Host.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// Checks that a configuration folder can be written, before anything is built and without changing its content.
/// </summary>
internal static class FolderAccess
{
    private const UnixFileMode ReadableForAll =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>
    /// Checks that the folder exists or could be created. A dry run needs no more, so its user need not be able to
    /// write.
    /// </summary>
    /// <exception cref="CommandFailure">Something other than a folder is in its place or above it.</exception>
    public static void RequireFolder(string folder) => Nearest(folder);

    /// <param name="folder">The folder, which may not exist yet.</param>
    /// <param name="create">
    /// Whether to create the folder now, since some file systems refuse what the mode allows.
    /// </param>
    /// <param name="ownerOnly">
    /// False when the gateway runs as another user: a new folder is then readable by all, regardless of the umask.
    /// </param>
    /// <exception cref="CommandFailure">The folder cannot be written or created.</exception>
    public static void RequireWritable(string folder, bool create, bool ownerOnly = true)
    {
        var nearest = Nearest(folder);
        if (Access.WhyNotWritable(nearest) is { } reason)
            throw Unusable(folder, reason);
        if (!create || nearest == folder)
            return;
        try
        {
            Directory.CreateDirectory(folder);
            if (!ownerOnly)
                File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | ReadableForAll);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, e.Message);
        }
    }

    private static string Nearest(string folder)
    {
        var nearest = folder;
        while (!Path.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
            nearest = parent;
        return Directory.Exists(nearest) ? nearest : throw Unusable(folder, $"'{nearest}' is not a folder");
    }

    private static CommandFailure Unusable(string folder, string reason) =>
        CommandFailure.Environment(
            $"CONFIG_DIR '{folder}' cannot be written: {reason.TrimEnd('.')}",
            "name another one with --config-dir, or fix its owner and mode");
}
