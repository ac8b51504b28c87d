using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>
/// Standard input, output and error of this process. Who closes one of them (<c>&gt;&amp;-</c>) does not want it, and
/// its number would be given to the next file that is opened: what is said would be written into that.
/// </summary>
public static partial class StandardStreams
{
    private const int GetFlags = 1; // F_GETFD
    private const int ReadWrite = 2; // O_RDWR
    private const int Last = 2; // Standard error.

    /// <summary>
    /// Puts <c>/dev/null</c> in the place of those that are closed. To be called before anything else opens a file.
    /// </summary>
    public static void OpenClosed()
    {
        for (var number = 0; number <= Last; number++)
        {
            // The lowest number that is free is the one that was looked at.
            if (Control(number, GetFlags) < 0 && Open("/dev/null", ReadWrite) < 0)
                return;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
