using Esb.Host.Logs;

namespace Esb.Cli.Terminal;

/// <summary>
/// A block of lines about things that happen at the same time. On a terminal the block is rewritten in place and
/// unfinished lines show how long they have taken; elsewhere each line is printed once, when it is finished.
/// </summary>
internal sealed class LiveLines : IDisposable
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(100);

    // Guards the block on the screen: lines are finished by several tasks and redrawn by a timer.
    private readonly Lock _block = new();
    private readonly List<LiveLine> _lines = [];
    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly ITimer? _timer;
    private int _drawn;
    private bool _closed;

    public LiveLines(Screen screen, TimeProvider time)
    {
        _screen = screen;
        _time = time;
        if (screen.Traits.IsInteractive)
            _timer = time.CreateTimer(_ => Redraw(), null, RefreshInterval, RefreshInterval);
    }

    /// <summary>Adds a line, shown at once on a terminal.</summary>
    public LiveLine Add(string text)
    {
        var line = new LiveLine(this, text, _time.GetTimestamp());
        lock (_block)
            _lines.Add(line);
        Redraw();
        return line;
    }

    /// <summary>Stops redrawing; unfinished lines keep their last text.</summary>
    public void Dispose()
    {
        Redraw();
        lock (_block)
            _closed = true;
        _timer?.Dispose();
    }

    internal void Changed(LiveLine line, string text, bool finished)
    {
        lock (_block)
        {
            line.Text = text;
            line.IsFinished = finished;
            if (finished && !_screen.Traits.IsInteractive)
                _screen.Line(text);
        }

        Redraw();
    }

    private void Redraw()
    {
        if (!_screen.Traits.IsInteractive)
            return;
        lock (_block)
        {
            if (_closed)
                return;
            _screen.Output.Write(Frame());
            _screen.Output.Flush();
            _drawn = _lines.Count;
        }
    }

    // ECMA-48: CUU moves up, EL erases to the end of the line.
    private string Frame()
    {
        var up = _drawn > 0 ? VisibleWriter.Sequence($"{_drawn}A") : "";
        return up + string.Concat(
            _lines.Select(line => $"{VisibleWriter.Return}{Shown(line)}{VisibleWriter.Sequence("K")}\n"));
    }

    private string Shown(LiveLine line)
    {
        if (line.IsFinished)
            return line.Text;
        var elapsed = $"{_time.GetElapsedTime(line.StartedAt).TotalSeconds:0.0} s";
        var room = Math.Max(_screen.Traits.Width - elapsed.Length - 2, 0);
        var text = line.Text.Length > room ? line.Text[..room] : line.Text;
        return $"{text}  {_screen.Paint.Dim(elapsed)}";
    }
}
