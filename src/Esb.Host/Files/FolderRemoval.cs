using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>
/// Removes a folder with everything in it, whatever the names. A name on Linux consists of any bytes; if they are not
/// UTF-8, .NET cannot name the file, so <see cref="Directory.Delete(string, bool)"/> leaves it and fails at its folder.
/// Links are removed and never followed. Sources: unlinkat(2), readdir(3).
/// </summary>
public static partial class FolderRemoval
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int AsFolder = 0x200; // AT_REMOVEDIR
    private const int NoSuchFile = 2; // ENOENT
    private const int IsFolder = 21; // EISDIR
    private const int OwnersAll = 0b111_000_000;
    private const int NameInEntry = 19; // struct dirent: after d_ino, d_off, d_reclen and d_type

    private static readonly int FolderItself = OpenFlags.CloseOnExec | OpenFlags.NoFollow | OpenFlags.Directory;

    /// <summary>
    /// Removes the folder. Does nothing if it does not exist; a file or link with that path is removed itself.
    /// </summary>
    /// <exception cref="IOException">Something in it cannot be removed; the message names it.</exception>
    public static void Remove(string folder)
    {
        var path = Marshal.StringToCoTaskMemUTF8(folder);
        try
        {
            RemoveEntry(CurrentFolder, path, folder);
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
        }
    }

    private static void RemoveEntry(int parent, nint name, string shown)
    {
        if (Unlink(parent, name, 0) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (error == NoSuchFile)
            return;
        if (error != IsFolder)
            throw Failure(shown, error);
        RemoveContent(parent, name, shown);
        if (Unlink(parent, name, AsFolder) != 0)
            throw Failure(shown, Marshal.GetLastPInvokeError());
    }

    private static void RemoveContent(int parent, nint name, string shown)
    {
        var number = Open(parent, name, FolderItself, 0);
        var entries = number < 0 ? 0 : OpenEntries(number);
        if (entries == 0)
            throw Failure(shown, Marshal.GetLastPInvokeError());
        try
        {
            // Some tools make folders read-only, as Go does with its modules. If the folder has another owner, the next
            // call reports it.
            _ = ChangeMode(number, OwnersAll);
            // A file system may omit entries while others are being removed.
            while (RemovePass(number, entries, shown))
                Rewind(entries);
        }
        finally
        {
            _ = CloseEntries(entries);
        }
    }

    private static bool RemovePass(int number, nint entries, string shown)
    {
        var any = false;
        while (Next(entries) is not 0 and var entry)
        {
            var name = entry + NameInEntry;
            var text = Marshal.PtrToStringUTF8(name)!;
            if (text is "." or "..")
                continue;
            RemoveEntry(number, name, $"{shown}/{text}");
            any = true;
        }

        return any;
    }

    private static IOException Failure(string path, int error) =>
        new($"'{path}' cannot be removed: {Marshal.GetPInvokeErrorMessage(error)}");

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int Unlink(int folder, nint name, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static partial int Open(int folder, nint name, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "fchmod")]
    private static partial int ChangeMode(int file, int mode);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    private static partial nint OpenEntries(int folder);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint Next(nint entries);

    [LibraryImport("libc", EntryPoint = "rewinddir")]
    private static partial void Rewind(nint entries);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseEntries(nint entries);
}
