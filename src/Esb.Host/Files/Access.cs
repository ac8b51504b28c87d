using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>
/// What this process may do with a path. Source: access(2), which considers owners, ACLs and read-only file systems.
/// </summary>
public static partial class Access
{
    private const int Write = 2; // W_OK
    private const int Search = 1; // X_OK

    /// <summary>Whether a file or folder may be written.</summary>
    public static bool IsWritable(string path) => Call(path, Write) == 0;

    /// <summary>Whether files may be created in a folder.</summary>
    /// <returns>Null when they may; otherwise the reason why not.</returns>
    public static string? WhyNotWritable(string folder) =>
        Call(folder, Write | Search) == 0 ? null : Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Call(string path, int mode);
}
