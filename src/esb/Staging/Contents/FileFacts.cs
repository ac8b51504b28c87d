using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// What statx(2) says about one path without following a link: its type, and the numbers that differ when its content may. .NET
/// tells neither pipes and sockets from files (opening one waits for ever) nor the inode.
/// </summary>
internal readonly partial record struct FileFacts(uint Mode, ulong Inode, long Size, long ModifiedNanoseconds, long ChangedNanoseconds)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicStats = 0x7ff; // STATX_BASIC_STATS
    private const uint TypeMask = 0xF000;
    private const int NoSuchFile = 2; // ENOENT

    public bool IsFolder => (Mode & TypeMask) == 0x4000;

    public bool IsFile => (Mode & TypeMask) == 0x8000;

    public bool IsLink => (Mode & TypeMask) == 0xA000;

    public bool IsExecutable => (Mode & 0x40) != 0; // S_IXUSR

    /// <summary>Null when the path is gone or may not be looked at.</summary>
    public static FileFacts? Of(string path) => Of(path, out _);

    /// <summary>The same, with the reason why it cannot be looked at; without one it is not there.</summary>
    public static FileFacts? Of(string path, out string? error)
    {
        error = null;
        // Offsets of struct statx, which is the same on every architecture (statx(2)).
        Span<byte> buffer = stackalloc byte[256];
        if (Statx(CurrentFolder, path, NoFollow, BasicStats, ref MemoryMarshal.GetReference(buffer)) != 0)
        {
            var number = Marshal.GetLastPInvokeError();
            error = number == NoSuchFile ? null : Marshal.GetPInvokeErrorMessage(number);
            return null;
        }

        return new FileFacts(
            BinaryPrimitives.ReadUInt16LittleEndian(buffer[28..]),
            BinaryPrimitives.ReadUInt64LittleEndian(buffer[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(buffer[40..]),
            Nanoseconds(buffer[112..]),
            Nanoseconds(buffer[96..]));
    }

    private static long Nanoseconds(ReadOnlySpan<byte> timestamp) =>
        (BinaryPrimitives.ReadInt64LittleEndian(timestamp) * 1_000_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(timestamp[8..]);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte result);
}
