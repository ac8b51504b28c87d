using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Esb.Gateway.Streaming;

/// <summary>
/// A message of <c>application/vnd.amazon.eventstream</c>: the lengths and their CRC-32, the headers, the payload, and
/// a CRC-32 of everything before it. Source: Smithy, "Amazon Event Stream Specification".
/// </summary>
internal static class EventStreamMessage
{
    private const int PreludeBytes = 12;
    private const int ChecksumBytes = 4;
    private const byte TextValue = 7;

    /// <summary>Writes an event with a payload.</summary>
    public static byte[] Write(string eventType, string contentType, ReadOnlySequence<byte> payload)
    {
        using var headers = new MemoryStream(128);
        WriteHeader(headers, ":message-type", "event");
        WriteHeader(headers, ":event-type", eventType);
        WriteHeader(headers, ":content-type", contentType);
        var message = new byte[PreludeBytes + headers.Length + payload.Length + ChecksumBytes];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), (int)headers.Length);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(8), Crc32.HashToUInt32(message.AsSpan(0, 8)));
        headers.GetBuffer().AsSpan(0, (int)headers.Length).CopyTo(message.AsSpan(PreludeBytes));
        payload.CopyTo(message.AsSpan(PreludeBytes + (int)headers.Length));
        BinaryPrimitives.WriteUInt32BigEndian(
            message.AsSpan(message.Length - ChecksumBytes),
            Crc32.HashToUInt32(message.AsSpan(0, message.Length - ChecksumBytes)));
        return message;
    }

    private static void WriteHeader(MemoryStream stream, string name, string value)
    {
        var (nameBytes, valueBytes) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
        stream.WriteByte((byte)nameBytes.Length);
        stream.Write(nameBytes);
        stream.WriteByte(TextValue);
        stream.WriteByte((byte)(valueBytes.Length >> 8));
        stream.WriteByte((byte)valueBytes.Length);
        stream.Write(valueBytes);
    }
}
