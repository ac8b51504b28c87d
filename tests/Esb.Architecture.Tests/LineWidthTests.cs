namespace Esb.Architecture.Tests;

/// <summary>Lines of code are short enough for two files side by side on a screen, and for a review.</summary>
public sealed class LineWidthTests
{
    private const int Widest = 120;

    private const string Quotes = "\"\"\"";

    [Test]
    public async Task A_line_of_code_has_at_most_120_columns()
    {
        var wide = from file in Repository.Sources
                   where file.Split('/')[0] is "src" or "tests" or "benchmarks"
                   from line in WideLines(Repository.Read(file))
                   select $"{file}:{line}";

        await Assert.That(wide).IsEmpty();
    }

    [Test]
    public async Task Only_the_lines_of_a_raw_string_may_be_wider()
    {
        var wide = new string('x', Widest + 1);

        await Assert.That(WideLines($"a\n{wide}\n")).IsEquivalentTo([2]);
        await Assert.That(WideLines($"a({Quotes}\n{wide}\n{Quotes});\n{wide}")).IsEquivalentTo([4]);
        await Assert.That(WideLines($"a({Quotes}b{Quotes});\n{wide}")).IsEquivalentTo([2]);
    }

    // A raw string of several lines holds another language's text, which often cannot be broken.
    private static IEnumerable<int> WideLines(string source)
    {
        var isRaw = false;
        foreach (var (at, line) in source.Split('\n').Index())
        {
            var wasRaw = isRaw;
            isRaw ^= line.Split(Quotes).Length % 2 == 0;
            if (line.Length > Widest && !(wasRaw && isRaw))
                yield return at + 1;
        }
    }
}
