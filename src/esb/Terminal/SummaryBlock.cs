namespace Esb.Cli.Terminal;

/// <summary>One line of a summary: a word in the left column, text beside it.</summary>
internal sealed record SummaryLine(string Label, string Text)
{
    private const int LabelWidth = 11;

    public override string ToString() => $"{Label.PadRight(LabelWidth)}  {Text}";
}

/// <summary>
/// The block that a deploy prints. Lines wait until something is worth saying, so that a deploy with nothing to do is
/// one line.
/// </summary>
internal sealed class SummaryBlock(Screen screen)
{
    private readonly List<SummaryLine> _held = [];
    private bool _speaks;

    /// <summary>Where its lines are printed.</summary>
    public Screen Screen { get; } = screen;

    /// <summary>A line that is said only if something else is.</summary>
    public void Hold(SummaryLine line)
    {
        _held.Add(line);
        if (_speaks)
            Release();
    }

    /// <summary>A line that is worth saying, after all that was held.</summary>
    public void Say(SummaryLine line)
    {
        Release();
        Screen.Line(line.ToString());
    }

    /// <summary>Says what was held; from now on nothing is held any more.</summary>
    public void Release()
    {
        _speaks = true;
        foreach (var line in _held)
            Screen.Line(line.ToString());
        _held.Clear();
    }
}
