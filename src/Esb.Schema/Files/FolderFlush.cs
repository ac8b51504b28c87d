using System.Runtime.InteropServices;

namespace Esb.Schema.Files;

/// <summary>Makes a rename last: fsync(2) of the folder, which .NET's file API does not offer.</summary>
public static partial class FolderFlush
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux
    private const int CloseOnExec = 0x80000; // O_CLOEXEC

    /// <summary>Returns when what was created, renamed or removed in the folder is on the disk, as far as its file system can say so.</summary>
    public static void Flush(string folder)
    {
        var descriptor = Open(folder, ReadOnlyDirectory | CloseOnExec);
        // Some file systems cannot flush a folder and say so; the rename itself has happened.
        if (descriptor < 0)
            return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
