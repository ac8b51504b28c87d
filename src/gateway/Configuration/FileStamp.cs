using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Esb.Gateway.Configuration;

/// <summary>
/// By what a change of a file is seen: modification time to the nanosecond, size and inode, in one system call. .NET's own file
/// information has no inode, which is what tells two files renamed over each other within one tick apart.
/// </summary>
internal readonly partial record struct FileStamp(bool Exists, ulong Inode, ulong Size, long Seconds, uint Nanoseconds)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint InodeSizeAndTime = 0x40 | 0x100 | 0x200; // STATX_MTIME | STATX_INO | STATX_SIZE

    /// <summary>The stamp of the file, links followed; of one that is not there all zero.</summary>
    public static FileStamp Of(string path)
    {
        // Offsets of struct statx, which is the same on every architecture (statx(2)).
        Span<byte> data = stackalloc byte[256];
        if (Statx(CurrentFolder, path, 0, InodeSizeAndTime, ref MemoryMarshal.GetReference(data)) != 0)
            return default;
        return new FileStamp(
            true,
            BinaryPrimitives.ReadUInt64LittleEndian(data[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(data[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(data[112..]),
            BinaryPrimitives.ReadUInt32LittleEndian(data[120..]));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte data);
}
