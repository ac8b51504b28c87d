using System.Globalization;
using Esb.Cli.Terminal;

namespace Esb.Cli.Bundles;

/// <summary>Tells on a line how much of a known number of bytes is done; elsewhere than on a terminal nothing is seen of it.</summary>
/// <param name="say">Takes the text.</param>
/// <param name="what">What is being done.</param>
internal sealed class ByteProgress(Action<string> say, string what)
{
    private long _all;
    private long _done;
    private int _said = -1;

    /// <summary>For what nobody waits for.</summary>
    public static ByteProgress Silent { get; } = new(_ => { }, "");

    /// <param name="all">How many bytes there are to do.</param>
    public void Begin(long all)
    {
        (_all, _done, _said) = (all, 0, -1);
        Add(0);
    }

    public void Add(int bytes)
    {
        _done += bytes;
        var percent = (int)(_done * 100 / Math.Max(_all, 1));
        if (percent == _said)
            return;
        _said = percent;
        say(string.Create(CultureInfo.InvariantCulture, $"{what} {percent} % of {Sizes.Of(_all)}"));
    }
}
