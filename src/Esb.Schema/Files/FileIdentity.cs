using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Esb.Schema.Files;

/// <summary>Which file a name or a handle stands for, and whose it is. Source: statx(2); .NET tells neither inode nor owner.</summary>
internal readonly partial record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode, uint User, uint Group)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int EmptyPath = 0x1000; // AT_EMPTY_PATH: the handle itself
    private const uint OwnerAndInode = 0x8 | 0x10 | 0x100; // STATX_UID | STATX_GID | STATX_INO

    /// <summary>Links are followed. Null when there is no such file.</summary>
    public static FileIdentity? Of(string path)
    {
        Span<byte> data = stackalloc byte[256];
        return StatxPath(CurrentFolder, path, 0, OwnerAndInode, ref MemoryMarshal.GetReference(data)) == 0 ? Read(data) : null;
    }

    public static FileIdentity? Of(SafeFileHandle file)
    {
        Span<byte> data = stackalloc byte[256];
        return StatxHandle(file, "", EmptyPath, OwnerAndInode, ref MemoryMarshal.GetReference(data)) == 0 ? Read(data) : null;
    }

    /// <summary>The type of what a path names, links followed: the upper four bits of its mode (S_IFMT). Null when there is nothing.</summary>
    public static int? TypeOf(string path)
    {
        Span<byte> data = stackalloc byte[256];
        return StatxPath(CurrentFolder, path, 0, 0x1, ref MemoryMarshal.GetReference(data)) == 0 ? BinaryPrimitives.ReadUInt16LittleEndian(data[28..]) >> 12 : null;
    }

    /// <summary>Both are the same file, whoever owns it by now.</summary>
    public bool IsSameFile(FileIdentity other) => (DeviceMajor, DeviceMinor, Inode) == (other.DeviceMajor, other.DeviceMinor, other.Inode);

    // Offsets of struct statx, which is the same on every architecture.
    private static FileIdentity Read(ReadOnlySpan<byte> data) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(data[136..]),
        BinaryPrimitives.ReadUInt32LittleEndian(data[140..]),
        BinaryPrimitives.ReadUInt64LittleEndian(data[32..]),
        BinaryPrimitives.ReadUInt32LittleEndian(data[20..]),
        BinaryPrimitives.ReadUInt32LittleEndian(data[24..]));

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxPath(int folder, string path, int flags, uint mask, ref byte data);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxHandle(SafeFileHandle file, string path, int flags, uint mask, ref byte data);
}
