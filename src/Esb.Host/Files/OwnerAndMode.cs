using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Files;

/// <summary>Copies owner and mode of a file or folder to another one, so that the same users can use both.</summary>
public static partial class OwnerAndMode
{
    private const uint Unchanged = uint.MaxValue;
    private const UnixFileMode OwnersOwn = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode NotForOthers = OwnersOwn | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;

    /// <summary>
    /// Copies the mode of <paramref name="from"/>, and its owner as far as this process may change owners.
    /// </summary>
    /// <exception cref="IOException">The mode could not be changed.</exception>
    public static void Copy(string from, SafeFileHandle made)
    {
        if (Statx.Of(from) is { } old && Statx.Of(made) is { } now && (old.User, old.Group) != (now.User, now.Group))
        {
            // Only root may give files to another user; a member of the group may give them to the group.
            if (ChangeOwner(made, old.User, old.Group) != 0)
                _ = ChangeOwner(made, Unchanged, old.Group);
        }

        File.SetUnixFileMode(made, File.GetUnixFileMode(from));
    }

    /// <summary>
    /// Copies owner and mode to a folder, without any permission for users other than the owner and the group.
    /// </summary>
    /// <exception cref="IOException">The mode could not be changed.</exception>
    public static void CopyToFolder(string from, string made)
    {
        if (Statx.Of(from) is { } old
            && Statx.Of(made) is { } now
            && (old.User, old.Group) != (now.User, now.Group)
            && ChangeOwner(made, old.User, old.Group) != 0)
            _ = ChangeOwner(made, Unchanged, old.Group);
        File.SetUnixFileMode(made, (File.GetUnixFileMode(from) & NotForOthers) | OwnersOwn);
    }

    [LibraryImport("libc", EntryPoint = "fchown")]
    private static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
