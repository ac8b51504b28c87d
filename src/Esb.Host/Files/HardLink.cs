using System.Runtime.InteropServices;

namespace Esb.Host.Files;

/// <summary>A second name for the content of a file: link(2), which .NET's file API lacks.</summary>
public static partial class HardLink
{
    // EPERM, EXDEV, EMLINK and EOPNOTSUPP: the file system has no hard links, or no more of them for this file.
    private static readonly int[] NotPossible = [1, 18, 31, 95];

    /// <summary>Links a file, and copies it where the file system has no hard links.</summary>
    /// <param name="from">An existing file whose content is never changed in place.</param>
    /// <param name="to">A path that does not exist.</param>
    /// <exception cref="IOException">The file is gone, the other path exists, or the disk is full.</exception>
    public static void CreateOrCopy(string from, string to)
    {
        if (Link(from, to) == 0)
            return;
        var error = Marshal.GetLastPInvokeError();
        if (!NotPossible.Contains(error))
            throw new IOException($"{to} cannot be linked: {Marshal.GetPInvokeErrorMessage(error)}");
        File.Copy(from, to);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);
}
