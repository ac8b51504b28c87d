using System.Buffers.Binary;
using System.Numerics;

namespace Esb.Dynalite.LevelDb;

/// <summary>
/// CRC-32C in the masked form in which LevelDB stores it. Source: LevelDB, doc/log_format.md and util/crc32c.h.
/// </summary>
internal static class Checksum
{
    private const uint MaskDelta = 0xA282EAD8;

    /// <summary>Whether a stored checksum is that of the bytes.</summary>
    public static bool Matches(uint stored, ReadOnlySpan<byte> bytes) =>
        BitOperations.RotateLeft(stored - MaskDelta, 15) == Of(bytes);

    private static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes)
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }
}
