using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Host.Files;

/// <summary>
/// What statx(2) returns for a file in one system call. .NET exposes neither the inode, which distinguishes two files
/// that are renamed over each other within one tick of the clock, nor the owner, nor the change time, which nobody can
/// set back. Nor does it distinguish pipes and sockets from files, and opening a pipe may wait forever.
/// </summary>
/// <param name="Mode">Type and permissions, as in <c>st_mode</c>.</param>
/// <param name="DeviceMajor">The major number of the device that the file is on.</param>
/// <param name="DeviceMinor">The minor number of that device.</param>
/// <param name="Inode">The number of the file on its device.</param>
/// <param name="Size">Bytes.</param>
/// <param name="User">The id of its owner.</param>
/// <param name="Group">The id of its group.</param>
/// <param name="Modified">When its content was last written.</param>
/// <param name="Changed">When its content, name, owner or mode was last changed.</param>
public readonly partial record struct Statx(
    uint Mode,
    uint DeviceMajor,
    uint DeviceMinor,
    ulong Inode,
    long Size,
    uint User,
    uint Group,
    FileTime Modified,
    FileTime Changed)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH: the handle itself
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const int NoSuchFile = 2; // ENOENT
    private const int NoFolderOnTheWay = 20; // ENOTDIR
    private const uint OwnersExecute = 0x40; // S_IXUSR
    private const int Bytes = 256; // struct statx, the same on every architecture

    /// <summary>The type.</summary>
    public FileType Type => (FileType)(Mode >> 12);

    /// <summary>Whether it is a folder.</summary>
    public bool IsFolder => Type == FileType.Folder;

    /// <summary>Whether it is a regular file.</summary>
    public bool IsFile => Type == FileType.File;

    /// <summary>Whether it is a symbolic link, if that was not followed.</summary>
    public bool IsLink => Type == FileType.Link;

    /// <summary>Whether its owner may execute it.</summary>
    public bool IsExecutable => (Mode & OwnersExecute) != 0;

    /// <summary>
    /// Reads the values for a path, following links. Null if the path does not exist or is not accessible.
    /// </summary>
    public static Statx? Of(string path) => TryRead(path, 0, out _);

    /// <summary>Reads the values for a path, following links.</summary>
    /// <param name="path">The path.</param>
    /// <param name="mayExist">Whether something may exist although nothing could be read.</param>
    public static Statx? Of(string path, out bool mayExist)
    {
        var found = TryRead(path, 0, out var error);
        mayExist = error is not (0 or NoSuchFile or NoFolderOnTheWay);
        return found;
    }

    /// <summary>
    /// Reads the values for the path itself, even if that is a link. Null if the path does not exist or is not
    /// accessible.
    /// </summary>
    public static Statx? OfLink(string path) => TryRead(path, NoFollow, out _);

    /// <summary>
    /// Reads the values for the path itself, with the reason why it is not accessible; null if it does not exist.
    /// </summary>
    public static Statx? OfLink(string path, out string? reason)
    {
        var found = TryRead(path, NoFollow, out var error);
        reason = error is 0 or NoSuchFile ? null : Marshal.GetPInvokeErrorMessage(error);
        return found;
    }

    /// <summary>Reads the values for an open file or folder.</summary>
    public static Statx? Of(SafeFileHandle file)
    {
        Span<byte> data = stackalloc byte[Bytes];
        return CallOnHandle(file, "", EmptyPath, BasicStats, ref MemoryMarshal.GetReference(data)) == 0
            ? Read(data)
            : null;
    }

    /// <summary>Whether both are the same file, whatever their owners.</summary>
    public bool IsSameFile(Statx other) =>
        (DeviceMajor, DeviceMinor, Inode) == (other.DeviceMajor, other.DeviceMinor, other.Inode);

    private static Statx? TryRead(string path, int flags, out int error)
    {
        Span<byte> data = stackalloc byte[Bytes];
        var failed = Call(CurrentFolder, path, flags, BasicStats, ref MemoryMarshal.GetReference(data)) != 0;
        error = failed ? Marshal.GetLastPInvokeError() : 0;
        return failed ? null : Read(data);
    }

    // Offsets in struct statx.
    private static Statx Read(ReadOnlySpan<byte> data) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(data[28..]),
        BinaryPrimitives.ReadUInt32LittleEndian(data[136..]),
        BinaryPrimitives.ReadUInt32LittleEndian(data[140..]),
        BinaryPrimitives.ReadUInt64LittleEndian(data[32..]),
        BinaryPrimitives.ReadInt64LittleEndian(data[40..]),
        BinaryPrimitives.ReadUInt32LittleEndian(data[20..]),
        BinaryPrimitives.ReadUInt32LittleEndian(data[24..]),
        FileTime.Read(data[112..]),
        FileTime.Read(data[96..]));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Call(int folder, string path, int flags, uint mask, ref byte data);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CallOnHandle(SafeFileHandle file, string path, int flags, uint mask, ref byte data);
}
