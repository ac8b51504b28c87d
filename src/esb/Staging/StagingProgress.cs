using Esb.Cli.Terminal;

namespace Esb.Cli.Staging;

/// <summary>Shows installations while they run: a live line each on a terminal, elsewhere one line when it ends.</summary>
internal sealed class StagingProgress(Screen screen, SummaryBlock block, TimeProvider time) : IDisposable
{
    // Guards the block, which is begun by whichever function installs something first.
    private readonly Lock _begin = new();
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private LiveLines? _lines;

    /// <summary>Takes the lines that pip or npm print for one function.</summary>
    public InstallProgress For(string function) => new(this, function);

    /// <summary>Whether the function has had a line of its own.</summary>
    public bool Has(string function) => _shown.Contains(function);

    public void Dispose() => _lines?.Dispose();

    private LiveLine Begin(string function, string text)
    {
        lock (_begin)
        {
            block.Release();
            _lines ??= new LiveLines(screen, time);
            _shown.Add(function);
        }

        return _lines.Add(text);
    }

    /// <summary>The line of one function, begun with the first that the tool prints.</summary>
    internal sealed class InstallProgress(StagingProgress all, string function)
    {
        private readonly Lock _begin = new();
        private LiveLine? _line;

        public void Line(string text)
        {
            lock (_begin)
                _line ??= all.Begin(function, Text("installing"));
            if (text.Trim() is { Length: > 0 } said)
                _line.Update(Text(said));
        }

        public void End(StagedCode? staged) =>
            _line?.Finish(Text(staged is null ? "failed" : Spans.Waited(staged.Took)));

        private string Text(string what) => new SummaryLine("build", $"{function} {what}").ToString();
    }
}
