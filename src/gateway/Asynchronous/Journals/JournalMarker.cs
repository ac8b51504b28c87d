using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>
/// Eight bytes before each frame of a segment, and the CRC-32C of the frame's header. Whoever reads finds the next frame behind damage by
/// them. They are random and stand in the segment's name: no event can have bytes in it that look like a frame, and no damage to the
/// segment takes them away.
/// </summary>
internal readonly struct JournalMarker
{
    private const int MarkBytes = 8;

    private readonly byte[]? _mark;

    private JournalMarker(byte[] mark) => _mark = mark;

    /// <summary>Segments that a gateway of before markers wrote: a frame follows the other.</summary>
    public static JournalMarker None => default;

    /// <summary>How many bytes stand before each frame.</summary>
    public int Length => _mark is null ? 0 : MarkBytes + sizeof(uint);

    /// <summary>What to look for; empty in segments without.</summary>
    public ReadOnlySpan<byte> Mark => _mark;

    public static JournalMarker Fresh() => new(RandomNumberGenerator.GetBytes(MarkBytes));

    public static bool TryParse(string text, [NotNullWhen(true)] out JournalMarker marker)
    {
        marker = default;
        if (text.Length != 2 * MarkBytes || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
            return false;
        marker = new JournalMarker(Convert.FromHexString(text));
        return true;
    }

    /// <summary>What stands before this frame.</summary>
    public byte[] Before(ReadOnlySpan<byte> frame)
    {
        if (_mark is null)
            return [];
        var before = new byte[Length];
        _mark.CopyTo(before, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(before.AsSpan(MarkBytes), JournalFormat.Checksum(frame[..JournalFormat.HeaderBytes]));
        return before;
    }

    /// <summary>Whether bytes begin with the mark and a frame's header that is whole.</summary>
    public bool IsBefore(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Length + JournalFormat.HeaderBytes
        && bytes.StartsWith(Mark)
        && (_mark is null || BinaryPrimitives.ReadUInt32LittleEndian(bytes[MarkBytes..]) == JournalFormat.Checksum(bytes.Slice(Length, JournalFormat.HeaderBytes)));

    /// <summary>As it stands in a segment's name.</summary>
    public override string ToString() => Convert.ToHexStringLower(Mark);
}
