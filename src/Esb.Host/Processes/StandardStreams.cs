using System.Runtime.InteropServices;

namespace Esb.Host.Processes;

/// <summary>
/// Standard input, output and error of this process. If the caller has closed one of them (<c>&gt;&amp;-</c>), the next
/// file that is opened would get its number, and output for that stream would be written into the file.
/// </summary>
public static partial class StandardStreams
{
    private const int GetFlags = 1; // F_GETFD
    private const int ReadWrite = 2; // O_RDWR
    private const int Last = 2; // Standard error.

    /// <summary>
    /// Replaces each closed stream with <c>/dev/null</c>. Must be called before anything else opens a file.
    /// </summary>
    public static void OpenClosed()
    {
        for (var number = 0; number <= Last; number++)
        {
            // The lowest free number is that of the stream that has just been checked.
            if (Control(number, GetFlags) < 0 && Open("/dev/null", ReadWrite) < 0)
                return;
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
