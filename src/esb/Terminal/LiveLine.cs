using Esb.Host.Logs;

namespace Esb.Cli.Terminal;

/// <summary>One line of a <see cref="LiveLines"/>.</summary>
internal sealed class LiveLine(LiveLines block, string text, long startedAt)
{
    internal string Text { get; set; } = text;

    internal bool IsFinished { get; set; }

    internal long StartedAt { get; } = startedAt;

    /// <summary>Sets the text, which has no colour, since it may be cut to the width.</summary>
    public void Update(string text) => block.Changed(this, VisibleText.OneLine(text), finished: false);

    /// <summary>Sets the final text of this line.</summary>
    public void Finish(string text) => block.Changed(this, text, finished: true);
}
