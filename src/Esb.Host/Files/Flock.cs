using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Files;

/// <summary>
/// An exclusive lock on a file that others may open and read while it is held: flock(2). The kernel releases it when
/// its holder ends in any way. .NET cannot be used to open the file, because it takes a shared lock of the same kind
/// and fails while another process holds ours.
/// </summary>
public static partial class Flock
{
    private const int WouldBlock = 11; // EWOULDBLOCK
    private const int PermissionDenied = 13; // EACCES
    private const int ExclusiveNonBlocking = 2 | 4; // LOCK_EX | LOCK_NB
    private const int Release = 8; // LOCK_UN
    private const int ReadWriteCreateCloseOnExec = 0x2 | 0x40 | 0x80000; // O_RDWR | O_CREAT | O_CLOEXEC
    private const int AsTheUmaskSays = 0b110_110_110;

    /// <summary>Opens the file without a lock, and creates it if it does not exist.</summary>
    /// <exception cref="IOException">The path is not a file, or cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not write to it.</exception>
    public static SafeFileHandle OpenUnlocked(string path)
    {
        if (OrdinaryFile.Instead(path) is { } other)
            throw new IOException($"{path} is {other}, not a file");
        var descriptor = Open(path, ReadWriteCreateCloseOnExec, AsTheUmaskSays);
        if (descriptor >= 0)
            return new SafeFileHandle(descriptor, ownsHandle: true);
        var error = Marshal.GetLastPInvokeError();
        var message = $"{path} cannot be opened: {Marshal.GetPInvokeErrorMessage(error)}";
        throw error == PermissionDenied ? new UnauthorizedAccessException(message) : new IOException(message);
    }

    /// <summary>Acquires the lock if it is free. It is released when the handle is closed.</summary>
    /// <returns>False when another process has it.</returns>
    /// <exception cref="IOException">The file system has no locks.</exception>
    public static bool TryLock(SafeFileHandle file, string path)
    {
        if (Lock(file, ExclusiveNonBlocking) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        if (error == WouldBlock)
            return false;
        throw new IOException(
            $"{path} cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}; use a folder on a file system with "
                + "locks "
            + "(ext4, xfs, btrfs, overlayfs, tmpfs; NFS with its lock service)");
    }

    /// <summary>
    /// Releases the lock at once. Closing the handle is not enough while a process that is being started has a copy.
    /// </summary>
    public static void Unlock(SafeFileHandle file) => _ = Lock(file, Release);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);
}
