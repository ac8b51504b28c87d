using System.Buffers.Binary;
using System.Text;
using Esb.Agent.Docker;
using Esb.AgentProtocol;

namespace Esb.Agent.Tests.Containers;

public sealed class LogFramesTests
{
    private const string Stamp = "2026-11-25T01:02:03.000004005Z ";
    private const long StampMicroseconds = 1_795_568_523_000_004;

    [Test]
    public async Task Lines_have_their_stream_and_the_time_at_which_the_engine_read_them()
    {
        var lines = new LogFrames(TimeProvider.System)
            .Feed([.. Frame(1, Stamp + "out\n"), .. Frame(2, Stamp + "err\r\n")]);

        await Assert.That(lines).IsEquivalentTo([Line(false, "out"), Line(true, "err")]);
    }

    [Test]
    public async Task Frames_that_arrive_byte_by_byte_yield_the_same_lines()
    {
        var frames = new LogFrames(TimeProvider.System);
        byte[] stream = [.. Frame(1, Stamp + "first\n"), .. Frame(1, Stamp + "second\n")];
        List<LogLine> lines = [];
        foreach (var part in stream)
            lines.AddRange(frames.Feed([part]));

        await Assert.That(lines).IsEquivalentTo([Line(false, "first"), Line(false, "second")]);
    }

    [Test]
    public async Task A_long_line_that_the_engine_split_is_joined_without_its_timestamps()
    {
        var frames = new LogFrames(TimeProvider.System);
        var lines = frames.Feed([
            .. Frame(1, Stamp + new string('a', 16384)), .. Frame(2, Stamp + "between\n"), .. Frame(1, Stamp + "b\n"),
        ]);

        await Assert.That(lines).IsEquivalentTo([Line(true, "between"), Line(false, new string('a', 16384) + "b")]);
        await Assert.That(frames.Flush()).IsEmpty();
    }

    [Test]
    public async Task An_incomplete_last_line_is_a_line()
    {
        var frames = new LogFrames(TimeProvider.System);

        await Assert.That(frames.Feed(Frame(1, Stamp + "last words"))).IsEmpty();
        await Assert.That(frames.Flush().Single().Text).IsEqualTo("last words");
    }

    [Test]
    public async Task Bytes_that_are_not_a_log_stream_are_an_error_instead_of_being_read_as_a_huge_length()
    {
        await Assert.That(() => new LogFrames(TimeProvider.System).Feed("HTTP/1.1 200 OK"u8))
            .Throws<InvalidDataException>();
    }

    private static byte[] Frame(byte stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var head = new byte[8];
        head[0] = stream;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), (uint)bytes.Length);
        return [.. head, .. bytes];
    }

    private static LogLine Line(bool standardError, string text) =>
        new() { TimeUs = StampMicroseconds, StandardError = standardError, Text = text };
}
