using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Esb.ObjectStore.Storage;

/// <summary>
/// Makes changes of a folder (a rename, a removal) survive a crash of the machine: on POSIX systems a rename is durable
/// only after fsync(2) of the folder, for which .NET has no method.
/// </summary>
internal static partial class Durable
{
    /// <exception cref="IOException">The folder no longer exists or the disk reports an error.</exception>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, flags: 0);
        if (descriptor < 0)
            throw Failure("open", folder);
        try
        {
            if (FileSync(descriptor) != 0)
                throw Failure("fsync", folder);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Writes a small file so that after a crash it has either the old or the new content.</summary>
    public static void WriteFile(DataFolder data, string path, ReadOnlySpan<byte> content)
    {
        using var temporary = data.NewTemporaryFile();
        temporary.Stream.Write(content);
        temporary.Flush();
        temporary.MoveTo(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    private static IOException Failure(string call, string folder)
    {
        var reason = new Win32Exception(Marshal.GetLastPInvokeError()).Message;
        return new IOException($"{call} of folder '{folder}' failed: {reason}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FileSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
