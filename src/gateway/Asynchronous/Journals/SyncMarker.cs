using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// A sync marker: eight bytes before each frame of a segment, and the CRC-32C of the frame's header. A reader uses it
/// to find the next frame after damage. The eight bytes are random, so that no event can contain bytes that look like a
/// frame. They are part of the segment's name, so that damage to the segment's content cannot destroy them.
/// </summary>
internal readonly struct SyncMarker
{
    private const int MarkBytes = 8;

    private readonly byte[]? _mark;

    private SyncMarker(byte[] mark) => _mark = mark;

    /// <summary>No marker: segments of versions without sync markers contain nothing between frames.</summary>
    public static SyncMarker None => default;

    /// <summary>The number of bytes before each frame.</summary>
    public int Length => _mark is null ? 0 : MarkBytes + sizeof(uint);

    /// <summary>The bytes to search for; empty in segments without markers.</summary>
    public ReadOnlySpan<byte> Mark => _mark;

    public static SyncMarker Fresh() => new(RandomNumberGenerator.GetBytes(MarkBytes));

    public static bool TryParse(string text, [NotNullWhen(true)] out SyncMarker marker)
    {
        marker = default;
        if (text.Length != 2 * MarkBytes
            || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            return false;
        marker = new SyncMarker(Convert.FromHexString(text));
        return true;
    }

    /// <summary>The bytes before this frame.</summary>
    public byte[] Before(ReadOnlySpan<byte> frame)
    {
        if (_mark is null)
            return [];
        var before = new byte[Length];
        _mark.CopyTo(before, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(
            before.AsSpan(MarkBytes), JournalFormat.Checksum(frame[..JournalFormat.HeaderBytes]));
        return before;
    }

    /// <summary>Whether the bytes begin with the marker and a valid frame header.</summary>
    public bool IsBefore(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Length + JournalFormat.HeaderBytes
        && bytes.StartsWith(Mark)
        && (_mark is null || BinaryPrimitives.ReadUInt32LittleEndian(bytes[MarkBytes..])
            == JournalFormat.Checksum(bytes.Slice(Length, JournalFormat.HeaderBytes)));

    /// <summary>The marker as part of a segment's name.</summary>
    public override string ToString() => Convert.ToHexStringLower(Mark);
}
