using System.Runtime.InteropServices;
using System.Text;
using Esb.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Sockets;

/// <summary>
/// The path of a Unix socket that is short enough to be bound and connected to. A longer one is replaced by one below
/// <c>/proc/self/fd</c>, so that a socket can be beside data in a folder with any path.
/// </summary>
public sealed partial class SocketPath : IDisposable
{
    private const int MaxLength = 107; // unix(7): sun_path has 108 bytes, the last of them zero

    private readonly SafeFileHandle? _folder;

    private SocketPath(string text, SafeFileHandle? folder) => (Text, _folder) = (text, folder);

    /// <summary>The path, valid in this process until this object is disposed.</summary>
    public string Text { get; }

    /// <param name="path">The absolute path of a socket, whose folder exists.</param>
    /// <exception cref="IOException">The folder cannot be opened.</exception>
    public static SocketPath Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Encoding.UTF8.GetByteCount(path) <= MaxLength)
            return new SocketPath(path, folder: null);
        var parent = Path.GetDirectoryName(path)!;
        var handle = new SafeFileHandle(
            Open(parent, OpenFlags.Directory | OpenFlags.CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException(
                $"{parent} cannot be opened: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        return new SocketPath($"/proc/self/fd/{handle.DangerousGetHandle()}/{Path.GetFileName(path)}", handle);
    }

    /// <summary>Releases what a short path stands for.</summary>
    public void Dispose() => _folder?.Dispose();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
