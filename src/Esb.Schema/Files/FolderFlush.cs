using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Schema.Files;

/// <summary>Makes a rename last: fsync(2) of the folder, which .NET's file API does not offer.</summary>
public static partial class FolderFlush
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux
    private const int CloseOnExec = 0x80000; // O_CLOEXEC
    private const int InvalidArgument = 22; // EINVAL: this file system cannot flush a folder
    private const int NotSupported = 95; // EOPNOTSUPP

    /// <summary>Returns when what was created, renamed or removed in the folder is on the disk, as far as its file system can say so.</summary>
    /// <exception cref="IOException">The disk is failing: what was renamed may not survive a loss of power.</exception>
    public static void Flush(string folder)
    {
        using var handle = new SafeFileHandle(Open(folder, ReadOnlyDirectory | CloseOnExec), ownsHandle: true);
        if (!handle.IsInvalid && Fsync(handle) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error is not (InvalidArgument or NotSupported))
            throw new IOException($"{Marshal.GetPInvokeErrorMessage(error)} : '{folder}'");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(SafeFileHandle folder);
}
