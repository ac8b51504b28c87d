using Esb.Host.Files;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// Checks that a configuration folder can be written, before anything is built and without changing it.
/// </summary>
internal static class FolderAccess
{
    private const UnixFileMode ReadableForAll =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>For a dry run too, of somebody who may only look: a folder is there or can be.</summary>
    /// <exception cref="CommandFailure">Something else is in its place or above it.</exception>
    public static void RequireFolder(string folder) => Nearest(folder);

    /// <param name="folder">The folder, which may not be there yet.</param>
    /// <param name="create">Make it now: some file systems allow by mode what they then refuse.</param>
    /// <param name="ownerOnly">False: a new one is readable for all, whatever the umask says, as the gateway runs as
    /// another user.</param>
    /// <exception cref="CommandFailure">It cannot be written, or made.</exception>
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
