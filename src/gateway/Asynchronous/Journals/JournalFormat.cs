using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// The binary format of records. A frame consists of the length of its body, the body's CRC-32C, and the body. All
/// numbers are little-endian. A frame that is incomplete or damaged fails its checksum.
/// </summary>
internal static class JournalFormat
{
    /// <summary>The size of the length and the checksum.</summary>
    public const int HeaderBytes = 8;

    /// <summary>The maximum size of a body: an event of 6 MB, its answer of 6 MB, and their names.</summary>
    public const int MaxBodyBytes = 32 * 1024 * 1024;

    private const byte AcceptedKind = 1;
    private const byte AttemptedKind = 2;
    private const byte DoneKind = 3;
    private const byte QualifiedKind = 4; // an accepted event that begins with the qualifier of its function

    public static byte[] Write(JournalRecord record)
    {
        using var buffer = new MemoryStream(256);
        buffer.Position = HeaderBytes;
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
            WriteBody(writer, record);
        var frame = buffer.ToArray();
        var body = frame.AsSpan(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), Checksum(body));
        return frame;
    }

    /// <summary>The length of the body according to its header; null when the header is invalid.</summary>
    public static int? BodyLength(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        return length is > 0 and <= MaxBodyBytes ? length : null;
    }

    /// <summary>
    /// Whether these bytes may be the start of a body; a cheap test before the checksum of the whole body is computed.
    /// </summary>
    public static bool MayBeBody(ReadOnlySpan<byte> start) =>
        start is [AcceptedKind or AttemptedKind or DoneKind or QualifiedKind, not 0, ..];

    /// <summary>False when the checksum is wrong, or this version does not know the kind of record.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> frame, [NotNullWhen(true)] out JournalRecord? record)
    {
        record = null;
        if (frame.Length < HeaderBytes || BodyLength(frame.Span) != frame.Length - HeaderBytes)
            return false;
        var body = frame[HeaderBytes..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame.Span[4..]) != Checksum(body.Span)
            || !MemoryMarshal.TryGetArray(body, out var array))
            return false;
        try
        {
            using var stream = new MemoryStream(array.Array!, array.Offset, array.Count, writable: false);
            using var reader = new BinaryReader(stream, Encoding.UTF8);
            record = ReadBody(reader, body);
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException)
        {
            return false;
        }

        return record is not null;
    }

    private static void WriteBody(BinaryWriter writer, JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.Accepted { Event: var e }:
                writer.Write(e.Qualifier is null ? AcceptedKind : QualifiedKind);
                if (e.Qualifier is { } qualifier)
                    writer.Write(qualifier);
                writer.Write(e.Id);
                writer.Write(e.Function);
                writer.Write(e.AcceptedAt.ToUnixTimeMilliseconds());
                writer.Write(e.Hops);
                writer.Write(e.TraceId ?? "");
                writer.Write(e.ClientContext ?? "");
                writer.Write(e.Payload.Span);
                break;
            case JournalRecord.Attempted attempted:
                writer.Write(AttemptedKind);
                writer.Write(attempted.Id);
                writer.Write(attempted.Attempts);
                writer.Write(attempted.NotBefore.ToUnixTimeMilliseconds());
                if (attempted.Times is { } times)
                    WriteTimes(writer, times);
                break;
            default:
                writer.Write(DoneKind);
                writer.Write(record.Id);
                break;
        }
    }

    private static JournalRecord? ReadBody(BinaryReader reader, ReadOnlyMemory<byte> body)
    {
        var kind = reader.ReadByte();
        switch (kind)
        {
            case AcceptedKind or QualifiedKind:
                var qualifier = kind == QualifiedKind ? reader.ReadString() : null;
                var (id, function) = (reader.ReadString(), reader.ReadString());
                var acceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
                var hops = reader.ReadInt32();
                var (trace, client) = (reader.ReadString(), reader.ReadString());
                var payload = body[(int)reader.BaseStream.Position..];
                return new JournalRecord.Accepted(new AsynchronousEvent(id, function, payload, acceptedAt)
                {
                    Hops = hops,
                    Qualifier = qualifier,
                    TraceId = trace.Length == 0 ? null : trace,
                    ClientContext = client.Length == 0 ? null : client,
                });
            case AttemptedKind:
                return new JournalRecord.Attempted(
                    reader.ReadString(),
                    reader.ReadInt32(),
                    DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64()),
                    reader.BaseStream.Position < reader.BaseStream.Length ? ReadTimes(reader) : null);
            case DoneKind:
                return new JournalRecord.Done(reader.ReadString());
            default:
                return null;
        }
    }

    // Written at the end of the body, so that an earlier version can still read the rest of the record.
    private static void WriteTimes(BinaryWriter writer, EventTimes times)
    {
        writer.Write(times.Boot.ToByteArray());
        writer.Write(times.At.Ticks);
        writer.Write(times.Age.Ticks);
        writer.Write(times.Pause.Ticks);
    }

    private static EventTimes ReadTimes(BinaryReader reader) => new(
        new Guid(reader.ReadBytes(16)),
        new TimeSpan(reader.ReadInt64()),
        new TimeSpan(reader.ReadInt64()),
        new TimeSpan(reader.ReadInt64()));

    /// <summary>Computes a CRC-32C.</summary>
    public static uint Checksum(ReadOnlySpan<byte> body)
    {
        var crc = uint.MaxValue;
        for (; body.Length >= sizeof(ulong); body = body[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(body));
        foreach (var b in body)
            crc = BitOperations.Crc32C(crc, b);
        return ~crc;
    }
}
