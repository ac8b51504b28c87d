namespace Esb.Cli.Terminal;

/// <summary>
/// Shows slow builds (an image, dependencies) while they run: a live line each on a terminal, elsewhere one line at the
/// end. Quick builds have no line of their own.
/// </summary>
internal sealed class BuildProgress(Screen screen, SummaryBlock block, TimeProvider time) : IDisposable
{
    // Guards the block, which begins with the first function that prints a line.
    private readonly Lock _begin = new();
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private LiveLines? _lines;

    /// <summary>Shows the lines that a tool (docker, pip, npm) prints for one function.</summary>
    public FunctionProgress For(string function) => new(this, function);

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

    /// <summary>The line of one function, which appears with the first line of the tool.</summary>
    internal sealed class FunctionProgress(BuildProgress all, string function)
    {
        private readonly Lock _begin = new();
        private LiveLine? _line;

        public void Line(string text)
        {
            lock (_begin)
                _line ??= all.Begin(function, Text("building"));
            if (text.Trim() is { Length: > 0 } output)
                _line.Update(Text(output));
        }

        /// <param name="took">The time of the build; null when it failed.</param>
        public void End(TimeSpan? took) =>
            _line?.Finish(Text(took is { } waited ? DurationText.Waited(waited) : "failed"));

        private string Text(string what) => new SummaryLine("build", $"{function} {what}").ToString();
    }
}
