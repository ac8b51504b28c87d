namespace Esb.Cli.Terminal;

/// <summary>One line of a summary: a word in the left column, text beside it.</summary>
internal sealed record SummaryLine(string Label, string Text)
{
    private const int LabelWidth = 11;

    public override string ToString() => $"{Label.PadRight(LabelWidth)}  {Text}";
}

/// <summary>
/// The summary block of a deploy. Lines are held until one is printed, so that a deploy without changes prints one
/// line.
/// </summary>
internal sealed class SummaryBlock(Screen screen)
{
    private readonly List<SummaryLine> _held = [];
    private bool _isReleased;

    /// <summary>Where its lines are printed.</summary>
    public Screen Screen { get; } = screen;

    /// <summary>Adds a line that is printed only with a later one.</summary>
    public void Hold(SummaryLine line)
    {
        _held.Add(line);
        if (_isReleased)
            Release();
    }

    /// <summary>Prints a line, after all held lines.</summary>
    public void Print(SummaryLine line)
    {
        Release();
        Screen.Line(line.ToString());
    }

    /// <summary>Prints the held lines; from now on no line is held.</summary>
    public void Release()
    {
        _isReleased = true;
        foreach (var line in _held)
            Screen.Line(line.ToString());
        _held.Clear();
    }
}
