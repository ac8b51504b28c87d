using System.Diagnostics.CodeAnalysis;

namespace Esb.Gateway.Asynchronous.Journals;

/// <summary>Reads a segment frame by frame. After damage it continues at the next intact frame.</summary>
internal sealed class JournalReader(JournalSegment segment)
{
    // Everything after the first damage, read once.
    private byte[] _rest = [];
    private long _restOffset = -1;

    /// <summary>The offset of the next frame or damage.</summary>
    public long Offset { get; private set; }

    /// <summary>
    /// Reads the frame at the current offset. False at the end, and when no intact frame begins here.
    /// </summary>
    public bool TryRead([NotNullWhen(true)] out JournalRecord? record, [NotNullWhen(true)] out JournalPlace? place)
    {
        (record, place) = (null, null);
        var before = segment.Marker.Length;
        Span<byte> start = stackalloc byte[32];
        start = start[..(before + JournalFormat.HeaderBytes)];
        if (segment.Read(start, Offset) < start.Length
            || !segment.Marker.IsBefore(start)
            || JournalFormat.BodyLength(start[before..]) is not { } length)
            return false;
        if (Offset + start.Length + length > segment.Length)
            return false;
        var frame = new byte[JournalFormat.HeaderBytes + length];
        if (segment.Read(frame, Offset + before) < frame.Length || !JournalFormat.TryRead(frame, out record))
            return false;
        place = new JournalPlace(segment, Offset + before, frame.Length);
        Offset += before + frame.Length;
        return true;
    }

    /// <summary>Moves to the next intact frame or to the end, and returns the damage in between.</summary>
    /// <param name="isCutShort">
    /// Whether the damage is an incomplete frame at the end, as when the gateway ended while writing it.
    /// </param>
    public JournalDamage Skip(out bool isCutShort)
    {
        var rest = Rest();
        isCutShort = segment.Marker.Length > 0 ? IsMarkedStart(rest.Span) : IsBareStart(rest.Span);
        var (length, records) = segment.Marker.Length > 0 ? NextMarked(rest) : (NextBare(rest), 0);
        isCutShort &= length == rest.Length;
        Offset += length;
        return new JournalDamage(length, Math.Max(records, 1));
    }

    private ReadOnlyMemory<byte> Rest()
    {
        if (_restOffset < 0)
        {
            _rest = new byte[segment.Length - Offset];
            _restOffset = Offset;
            _rest = _rest[..segment.Read(_rest, Offset)];
        }

        return _rest.AsMemory((int)(Offset - _restOffset));
    }

    // The header has its own checksum, so a length that reaches beyond the end of the file is the one that was written.
    private bool IsMarkedStart(ReadOnlySpan<byte> bytes)
    {
        var mark = segment.Marker.Mark;
        if (bytes.Length < segment.Marker.Length + JournalFormat.HeaderBytes)
            return bytes.StartsWith(mark[..Math.Min(mark.Length, bytes.Length)]);
        return segment.Marker.IsBefore(bytes) && IsBareStart(bytes[segment.Marker.Length..]);
    }

    private static bool IsBareStart(ReadOnlySpan<byte> bytes) =>
        bytes.Length < JournalFormat.HeaderBytes
            || JournalFormat.BodyLength(bytes) > bytes.Length - JournalFormat.HeaderBytes;

    // Each marker in between belongs to a record.
    private (int Length, int Records) NextMarked(ReadOnlyMemory<byte> rest)
    {
        var marker = segment.Marker;
        var records = 0;
        for (var at = 0; ; at++)
        {
            var found = rest.Span[at..].IndexOf(marker.Mark);
            if (found < 0)
                return (rest.Length, records);
            at += found;
            if (marker.IsBefore(rest.Span[at..]) && IsFrame(rest[(at + marker.Length)..]))
                return (at, records);
            records++;
        }
    }

    // Without markers a frame may begin at any byte.
    private static int NextBare(ReadOnlyMemory<byte> rest)
    {
        for (var at = 1; at < rest.Length; at++)
        {
            if (IsFrame(rest[at..]))
                return at;
        }

        return rest.Length;
    }

    private static bool IsFrame(ReadOnlyMemory<byte> bytes) =>
        bytes.Length > JournalFormat.HeaderBytes
        && JournalFormat.BodyLength(bytes.Span) is { } length
        && length <= bytes.Length - JournalFormat.HeaderBytes
        && JournalFormat.MayBeBody(bytes.Span[JournalFormat.HeaderBytes..])
        && JournalFormat.TryRead(bytes[..(JournalFormat.HeaderBytes + length)], out _);
}
