using Esb.Cli.Terminal;

namespace Esb.Cli.Tests.Terminal;

internal sealed class LiveLinesTests
{
    [Test]
    public async Task Without_a_terminal_each_line_is_printed_once_when_it_is_finished()
    {
        var output = new StringWriter();
        using (var lines = new LiveLines(new Screen(output, TextWriter.Null, ScreenTraits.Plain), TimeProvider.System))
        {
            var first = lines.Add("first");
            var second = lines.Add("second");
            lines.Add("never finished");
            second.Update("second, half");
            second.Finish("second, done");
            first.Finish("first, done");
        }

        await Assert.That(output.ToString()).IsEqualTo("second, done\nfirst, done\n");
    }

    [Test]
    public async Task On_a_terminal_the_block_is_rewritten_in_place_and_ends_with_the_last_texts()
    {
        var output = new StringWriter();
        using (var lines = new LiveLines(
            new Screen(output, TextWriter.Null, new ScreenTraits(true, false, false, 20)), TimeProvider.System))
        {
            var first = lines.Add("first");
            lines.Add(new string('x', 100)).Finish("second, done");
            first.Finish("first, done");
        }

        var written = output.ToString();
        await Assert.That(written)
            .StartsWith("\rfirst  0.0 s\e[K\n\e[1A\rfirst  0.0 s\e[K\n\rxxxxxxxxxxxxx  0.0 s\e[K\n");
        await Assert.That(written).EndsWith("\e[2A\rfirst, done\e[K\n\rsecond, done\e[K\n");
    }
}
