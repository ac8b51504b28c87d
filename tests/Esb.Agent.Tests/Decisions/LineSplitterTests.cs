using System.Text;
using Esb.Agent.Output;
using Esb.AgentProtocol;

namespace Esb.Agent.Tests.Decisions;

public sealed class LineSplitterTests
{
    [Test]
    public async Task Lines_are_the_same_however_the_bytes_arrive()
    {
        var bytes = Encoding.UTF8.GetBytes("one\r\n\nzwölf\nlast");

        for (var size = 1; size <= bytes.Length; size++)
        {
            var lines = Split(bytes, size);
            await Assert.That(string.Join('|', lines.Select(line => line.Text))).IsEqualTo("one||zwölf|last");
        }
    }

    [Test]
    public async Task A_line_that_is_too_long_is_split_between_characters_and_loses_nothing()
    {
        var text = "a" + new string('ü', LineSplitter.LongestLine);

        var lines = Split(Encoding.UTF8.GetBytes(text + "\n"), 8192);

        await Assert.That(lines.Count).IsEqualTo(3);
        await Assert.That(lines.All(line => Encoding.UTF8.GetByteCount(line.Text) <= LineSplitter.LongestLine))
            .IsTrue();
        await Assert.That(string.Concat(lines.Select(line => line.Text))).IsEqualTo(text);
    }

    private static List<LogLine> Split(byte[] bytes, int size)
    {
        var splitter = new LineSplitter(false, TimeProvider.System);
        return [.. bytes.Chunk(size).SelectMany(part => splitter.Feed(part)), .. splitter.Flush()];
    }
}
