using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Files;

/// <summary>
/// Flushes to the disk what was created, renamed or removed in a folder: fsync(2) of the folder and syncfs(2), which
/// .NET's file API lacks. Only then does a rename survive a power failure.
/// </summary>
public static partial class Fsync
{
    private const int InvalidArgument = 22; // EINVAL: this file system cannot flush a folder
    private const int NotSupported = 95; // EOPNOTSUPP

    /// <summary>Returns when the folder's entries are on the disk, as far as its file system reports that.</summary>
    /// <exception cref="IOException">
    /// The folder is gone, or the disk is failing; renames may not survive a power failure.
    /// </exception>
    public static void Folder(string folder)
    {
        using var handle = Open(folder);
        if (!handle.IsInvalid && FileSync(handle) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error is not (InvalidArgument or NotSupported))
            throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{folder}'");
    }

    /// <summary>
    /// Flushes the whole file system of a folder, which is faster than flushing thousands of files separately.
    /// </summary>
    public static void FileSystem(string folder)
    {
        using var handle = Open(folder);
        if (!handle.IsInvalid)
            _ = SyncFileSystem(handle);
    }

    private static SafeFileHandle Open(string folder) =>
        new(Open(folder, OpenFlags.Directory | OpenFlags.CloseOnExec), ownsHandle: true);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(SafeFileHandle folder);

    [LibraryImport("libc", EntryPoint = "syncfs")]
    private static partial int SyncFileSystem(SafeFileHandle folder);
}
