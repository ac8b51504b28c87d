using System.Buffers.Binary;

namespace Esb.Host.Files;

/// <summary>A time of the file system, since the Unix epoch. Its clock ticks every 1 to 10 ms.</summary>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Nanoseconds">The rest, less than a billion.</param>
public readonly record struct FileTime(long Seconds, uint Nanoseconds)
{
    private const int NanosecondsPerTick = 100;

    /// <summary>How long ago it was; negative when the clock has been set back since.</summary>
    public TimeSpan Age(DateTimeOffset now) =>
        now - DateTimeOffset.UnixEpoch - TimeSpan.FromSeconds(
            Seconds) - TimeSpan.FromTicks(Nanoseconds / NanosecondsPerTick);

    /// <summary>Nanoseconds since the Unix epoch.</summary>
    public long TotalNanoseconds => (Seconds * 1_000_000_000) + Nanoseconds;

    internal static FileTime Read(ReadOnlySpan<byte> data) =>
        new(BinaryPrimitives.ReadInt64LittleEndian(data), BinaryPrimitives.ReadUInt32LittleEndian(data[8..]));
}
