using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Esb.Agent.Output;
using Esb.AgentProtocol;

namespace Esb.Agent.Docker;

/// <summary>
/// Splits the engine's log stream into lines. A frame is a byte that names the stream, three zeros, a length, and that
/// many bytes: the time, a space, and a line or a part of one. Source: Docker, "Engine API", attach to a container,
/// stream format.
/// </summary>
internal sealed class LogFrames(TimeProvider time)
{
    private const int HeadBytes = 8;
    private const byte StandardError = 2;

    // The engine splits lines at 16 KiB.
    private const int LongestFrame = 1024 * 1024;

    private readonly LineSplitter _output = new(false, time);
    private readonly LineSplitter _error = new(true, time);
    private readonly MemoryStream _rest = new();

    /// <summary>The lines that <paramref name="bytes"/> complete.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a log stream.</exception>
    public List<LogLine> Feed(ReadOnlySpan<byte> bytes)
    {
        _rest.Write(bytes);
        var lines = new List<LogLine>();
        var unread = _rest.GetBuffer().AsSpan(0, (int)_rest.Length);
        while (unread.Length >= HeadBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(unread[4..]);
            if (length > LongestFrame)
                throw new InvalidDataException("the engine's log stream has a frame that is too long");
            if (unread.Length < HeadBytes + length)
                break;
            lines.AddRange(Read(unread[0] == StandardError ? _error : _output, unread.Slice(HeadBytes, (int)length)));
            unread = unread[(HeadBytes + (int)length)..];
        }

        var after = unread.ToArray();
        _rest.SetLength(0);
        _rest.Write(after);
        return lines;
    }

    /// <summary>The incomplete last line at the end of the stream.</summary>
    public List<LogLine> Flush() => [.. _output.Flush(), .. _error.Flush()];

    private static List<LogLine> Read(LineSplitter splitter, ReadOnlySpan<byte> frame)
    {
        var space = frame.IndexOf((byte)' ');
        var stamp = space > 0 ? Encoding.ASCII.GetString(frame[..space]) : "";
        return DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? splitter.Feed(frame[(space + 1)..], (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)
            : splitter.Feed(frame);
    }
}
