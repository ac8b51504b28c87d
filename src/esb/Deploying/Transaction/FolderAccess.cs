using Esb.Host.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// Checks that a configuration folder can be written, before anything is built and without changing it.
/// </summary>
internal static class FolderAccess
{
    private const UnixFileMode ReadableForAll =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <param name="folder">The folder, which may not exist yet.</param>
    /// <param name="create">Creates it now: some file systems refuse a write that the file mode allows.</param>
    /// <param name="ownerOnly">When false, a new folder is readable by all regardless of the umask, since the gateway
    /// runs as another user.</param>
    /// <exception cref="CommandFailure">It cannot be written or created.</exception>
    public static void RequireWritable(string folder, bool create, bool ownerOnly = true)
    {
        var nearest = folder;
        while (!Path.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
            nearest = parent;
        if (!Directory.Exists(nearest))
            throw Unusable(folder, $"'{nearest}' is not a folder");
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

    private static CommandFailure Unusable(string folder, string reason) =>
        CommandFailure.Environment(
            $"CONFIG_DIR '{folder}' cannot be written: {reason.TrimEnd('.')}",
            "name another one with --config-dir, or fix its owner and mode");
}
