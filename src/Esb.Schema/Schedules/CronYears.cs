using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Esb.Schema.Schedules;

/// <summary>The year field of a cron expression: the years from 1970 to 2199 that it contains.</summary>
internal sealed class CronYears
{
    public const int First = 1970;
    public const int Last = 2199;

    private readonly BitArray _years = new(Last - First + 1);

    private CronYears()
    {
    }

    public static bool TryParse(string field, [NotNullWhen(true)] out CronYears? years)
    {
        years = new CronYears();
        foreach (var part in field.Split(','))
        {
            if (!years.TryAdd(part))
            {
                years = null;
                return false;
            }
        }

        return true;
    }

    /// <summary>The first contained year that is not before the given one; null if there is none.</summary>
    public int? NextFrom(int year)
    {
        for (var y = Math.Max(year, First); y <= Last; y++)
        {
            if (_years[y - First])
                return y;
        }

        return null;
    }

    private bool TryAdd(string part)
    {
        var step = 1;
        var slash = part.IndexOf('/');
        if (slash >= 0 && (!TryNumber(part[(slash + 1)..], out step) || step < 1))
            return false;
        var range = slash < 0 ? part : part[..slash];
        if (!TryRange(range, open: slash >= 0, out var from, out var to) || from < First || to > Last || from > to)
            return false;
        for (var year = from; year <= to; year += step)
            _years[year - First] = true;
        return true;
    }

    private static bool TryRange(string range, bool open, out int from, out int to)
    {
        (from, to) = (First, Last);
        if (range == "*")
            return true;
        var dash = range.IndexOf('-');
        if (dash >= 0)
            return TryNumber(range[..dash], out from) & TryNumber(range[(dash + 1)..], out to);
        if (!TryNumber(range, out from))
            return false;
        to = open ? Last : from;
        return true;
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
