using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Files;

/// <summary>
/// Writes below one folder and nowhere else, whatever is in it: each step of a path is opened by itself and never through a link (openat(2) with O_NOFOLLOW,
/// which every Linux has, where RESOLVE_BENEATH of openat2(2) needs 5.6). For content whose paths somebody else chose.
/// </summary>
public sealed partial class BeneathFolder : IDisposable
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NewFile = 0x1 | 0x40 | 0x80; // O_WRONLY | O_CREAT | O_EXCL
    private const int Exists = 17; // EEXIST
    private const int Readable = 0b110_100_100;
    private const int Searchable = 0b111_101_101;

    private readonly string _root;
    private readonly SafeFileHandle _folder;

    // Entries of one folder mostly follow each other.
    private string _parent = "";
    private SafeFileHandle _parentFolder;

    /// <summary>Opens the folder.</summary>
    /// <exception cref="IOException">There is no such folder.</exception>
    public BeneathFolder(string folder)
    {
        _root = folder;
        _folder = Opened(OpenAt(CurrentFolder, folder, OpenFlags.Directory | OpenFlags.CloseOnExec, 0), "");
        _parentFolder = _folder;
    }

    /// <summary>Makes a folder and those above it; one that is there is left.</summary>
    /// <exception cref="IOException">Something above it, or it itself, is no folder.</exception>
    public void CreateFolder(string path) => Enter(path);

    /// <summary>Makes a file that is not there yet.</summary>
    /// <exception cref="IOException">It is there, or something above it is no folder.</exception>
    public FileStream CreateFile(string path, bool executable)
    {
        var (parent, name) = Split(path);
        var handle = Opened(OpenAt(Number(Enter(parent)), name, NewFile | OpenFlags.NoFollow | OpenFlags.CloseOnExec, executable ? Searchable : Readable), path);
        return new FileStream(handle, FileAccess.Write);
    }

    /// <summary>Makes a link that is not there yet. What it names is not looked at.</summary>
    /// <exception cref="IOException">It is there, or something above it is no folder.</exception>
    public void CreateLink(string path, string target)
    {
        var (parent, name) = Split(path);
        if (SymbolicLinkAt(target, Number(Enter(parent)), name) != 0)
            throw Failure(path);
    }

    /// <summary>Closes the folders that are open.</summary>
    public void Dispose()
    {
        if (_parentFolder != _folder)
            _parentFolder.Dispose();
        _folder.Dispose();
    }

    private SafeFileHandle Enter(string path)
    {
        if (path == _parent)
            return _parentFolder;
        var here = _folder;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Step(here, step, path);
            if (here != _folder)
                here.Dispose();
            here = next;
        }

        if (_parentFolder != _folder)
            _parentFolder.Dispose();
        (_parent, _parentFolder) = (path, here);
        return here;
    }

    private SafeFileHandle Step(SafeFileHandle above, string name, string path)
    {
        if (name is "." or "..")
            throw new IOException($"'{path}' leads out of '{_root}'");
        if (MakeFolderAt(Number(above), name, Searchable) != 0 && Marshal.GetLastPInvokeError() != Exists)
            throw Failure(path);
        return Opened(OpenAt(Number(above), name, OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0), path);
    }

    private static (string Parent, string Name) Split(string path) =>
        path.LastIndexOf('/') is >= 0 and var slash ? (path[..slash], path[(slash + 1)..]) : ("", path);

    // Both live as long as this object, which has nobody else use them.
    private static int Number(SafeFileHandle folder) => (int)folder.DangerousGetHandle();

    private SafeFileHandle Opened(int number, string path) => number >= 0 ? new SafeFileHandle(number, ownsHandle: true) : throw Failure(path);

    private IOException Failure(string path) => new($"'{Path.Combine(_root, path)}' cannot be made: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenAt(int folder, string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeFolderAt(int folder, string path, int mode);

    [LibraryImport("libc", EntryPoint = "symlinkat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SymbolicLinkAt(string target, int folder, string path);
}
