using System.Globalization;
using Esb.Cli.Terminal;

namespace Esb.Cli.Bundles;

/// <summary>Reports on a terminal's progress line how much of a known number of bytes is done.</summary>
/// <param name="report">Receives the text.</param>
/// <param name="what">The name of the operation.</param>
internal sealed class ByteProgress(Action<string> report, string what)
{
    private long _all;
    private long _done;
    private int _reported = -1;

    /// <summary>Reports nothing.</summary>
    public static ByteProgress Silent { get; } = new(_ => { }, "");

    /// <param name="all">The total number of bytes.</param>
    public void Begin(long all)
    {
        (_all, _done, _reported) = (all, 0, -1);
        Add(0);
    }

    public void Add(int bytes)
    {
        _done += bytes;
        var percent = (int)(_done * 100 / Math.Max(_all, 1));
        if (percent == _reported)
            return;
        _reported = percent;
        report(string.Create(CultureInfo.InvariantCulture, $"{what} {percent} % of {Sizes.Of(_all)}"));
    }
}
