using Esb.Cli.Terminal;

namespace Esb.Cli.Platform;

/// <summary>The line of one part while it starts or stops: name, address, current step and duration.</summary>
internal sealed class ComponentLine
{
    private const int NameWidth = 13;

    private readonly string _start;
    private readonly Paint _paint;
    private readonly TimeProvider _time;
    private readonly long _since;
    private readonly LiveLine _line;

    public ComponentLine(LiveLines lines, Screen screen, TimeProvider time, RowText row)
    {
        _start = $"{row.Name,-NameWidth}  {row.Address.PadRight(row.AddressWidth)}  ";
        _paint = screen.Paint;
        _time = time;
        _since = time.GetTimestamp();
        _line = lines.Add(_start);
    }

    public void Update(string activity) => _line.Update(_start + activity);

    public void Ready() => Finish(_paint.Green("ready"));

    public void Finish(string result) =>
        _line.Finish($"{_start}{result}  {DurationText.Waited(_time.GetElapsedTime(_since))}");

    public void Fail() => _line.Finish(_start + _paint.Red("failed"));

    /// <summary>The columns that do not change.</summary>
    internal sealed record RowText(string Name, string Address, int AddressWidth);
}
