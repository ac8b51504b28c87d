using System.Text;
using Esb.AgentProtocol;

namespace Esb.Agent.Output;

/// <summary>
/// Splits the bytes of one stream into lines. A line longer than 256 KiB is split between characters.
/// </summary>
internal sealed class LineSplitter(bool standardError, TimeProvider time)
{
    public const int LongestLine = 256 * 1024;

    private readonly MemoryStream _rest = new();

    /// <summary>The lines that <paramref name="bytes"/> complete.</summary>
    public List<LogLine> Feed(ReadOnlySpan<byte> bytes) => Feed(bytes, Now());

    /// <summary>The lines that <paramref name="bytes"/> complete; the caller knows when they were read.</summary>
    /// <param name="bytes">The bytes that were read.</param>
    /// <param name="now">The time of reading, in microseconds since 1970.</param>
    public List<LogLine> Feed(ReadOnlySpan<byte> bytes, long now)
    {
        var lines = new List<LogLine>();
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = bytes[..(end < 0 ? bytes.Length : end)];
            var room = LongestLine - (int)_rest.Length;
            if (part.Length > room)
            {
                _rest.Write(part[..room]);
                lines.Add(Take(now, WholeCharacters(_rest.GetBuffer().AsSpan(0, LongestLine))));
                bytes = bytes[room..];
                continue;
            }

            _rest.Write(part);
            if (end < 0)
                break;
            lines.Add(Take(now, (int)_rest.Length));
            bytes = bytes[(end + 1)..];
        }

        return lines;
    }

    /// <summary>The incomplete last line, if there is one.</summary>
    public List<LogLine> Flush() => _rest.Length == 0 ? [] : [Take(Now(), (int)_rest.Length)];

    private LogLine Take(long now, int count)
    {
        var bytes = _rest.GetBuffer().AsSpan(0, count);
        var after = _rest.GetBuffer().AsSpan(count, (int)_rest.Length - count).ToArray();
        if (bytes is [.. var before, (byte)'\r'])
            bytes = before;
        var line = new LogLine { TimeUs = now, StandardError = standardError, Text = Encoding.UTF8.GetString(bytes) };
        _rest.SetLength(0);
        if (_rest.Capacity > LongestLine / 16)
            _rest.Capacity = 0;
        _rest.Write(after);
        return line;
    }

    // The number of bytes up to the end of the last complete character. In UTF-8 a continuation byte is 10xxxxxx, and
    // the first byte gives the length.
    private static int WholeCharacters(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3; back++)
        {
            var length = bytes[^back] switch
            {
                >= 0xF0 => 4,
                >= 0xE0 => 3,
                >= 0xC0 => 2,
                >= 0x80 => 0,
                _ => 1,
            };
            if (length > 0)
                return length > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    private long Now() => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
