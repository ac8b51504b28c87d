using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Files;

/// <summary>
/// Writes only below one folder, whatever that folder contains. It is for content whose paths come from others. Each
/// step of a path is opened separately and never through a link: openat(2) with O_NOFOLLOW, because RESOLVE_BENEATH of
/// openat2(2) needs Linux 5.6.
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

    // Successive entries are usually in the same folder.
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

    /// <summary>Creates a folder and its parents; existing ones are kept.</summary>
    /// <exception cref="IOException">The path or one of its parents exists and is not a folder.</exception>
    public void CreateFolder(string path) => Enter(path);

    /// <summary>Creates a new file.</summary>
    /// <exception cref="IOException">The path exists, or one of its parents is not a folder.</exception>
    public FileStream CreateFile(string path, bool executable)
    {
        var (parent, name) = Split(path);
        var flags = NewFile | OpenFlags.NoFollow | OpenFlags.CloseOnExec;
        var descriptor = OpenAt(Number(Enter(parent)), name, flags, executable ? Searchable : Readable);
        return new FileStream(Opened(descriptor, path), FileAccess.Write);
    }

    /// <summary>Creates a new link. Its target is not examined.</summary>
    /// <exception cref="IOException">The path exists, or one of its parents is not a folder.</exception>
    public void CreateLink(string path, string target)
    {
        var (parent, name) = Split(path);
        if (SymbolicLinkAt(target, Number(Enter(parent)), name) != 0)
            throw Failure(path);
    }

    /// <summary>Closes the open folders.</summary>
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
        return Opened(
            OpenAt(Number(above), name, OpenFlags.Directory | OpenFlags.NoFollow | OpenFlags.CloseOnExec, 0), path);
    }

    private static (string Parent, string Name) Split(string path) =>
        path.LastIndexOf('/') is >= 0 and var slash ? (path[..slash], path[(slash + 1)..]) : ("", path);

    // Both handles live as long as this object, and nothing else uses them.
    private static int Number(SafeFileHandle folder) => (int)folder.DangerousGetHandle();

    private SafeFileHandle Opened(int number, string path) =>
        number >= 0 ? new SafeFileHandle(number, ownsHandle: true) : throw Failure(path);

    private IOException Failure(string path) => new($"'{Path.Combine(_root, path)}' cannot be created: "
        + $"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenAt(int folder, string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "mkdirat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeFolderAt(int folder, string path, int mode);

    [LibraryImport("libc", EntryPoint = "symlinkat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SymbolicLinkAt(string target, int folder, string path);
}
