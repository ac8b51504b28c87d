using System.Globalization;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>How many files a process may have open.</summary>
/// <param name="Who">Which process.</param>
/// <param name="MaxOpen">At most; .NET raises itself to the hard limit.</param>
/// <param name="Open">How many it has; null when it cannot be told.</param>
internal sealed record LimitReading(string Who, long MaxOpen, int? Open);

/// <summary>Each client, each worker and each log is an open file of the gateway or the agent.</summary>
internal static class LimitsCheck
{
    private const string Name = "open files";
    private const long Least = 1_024;
    private const string Raise = "raise it: LimitNOFILE= in the unit, or ulimit -n and /etc/security/limits.conf, then start again";

    // The gateway takes 10,000 connections by default (MAX_CONNECTIONS), and needs some for workers and files.
    private const long Wanted = 12_000;

    public static IEnumerable<Finding> Of(IReadOnlyList<LimitReading> limits)
    {
        var findings = limits.Select(Of).OfType<Finding>().ToList();
        return findings.Count > 0 ? findings : [Finding.Ok(Name, string.Join(", ", limits.Select(Text)))];
    }

    private static Finding? Of(LimitReading limit)
    {
        if (limit.Open is { } open && open > limit.MaxOpen * 0.8)
            return Finding.Fail(Name, Text(limit), Raise);
        return limit.MaxOpen switch
        {
            < Least => Finding.Fail(Name, $"{Text(limit)}: too few to serve", Raise),
            < Wanted => Finding.Warn(Name, $"{Text(limit)}: fewer than the 10,000 connections that the gateway takes", Raise),
            _ => null,
        };
    }

    private static string Text(LimitReading limit) => limit.Open is { } open
        ? string.Create(CultureInfo.InvariantCulture, $"{limit.Who} {open:N0} of {limit.MaxOpen:N0}")
        : string.Create(CultureInfo.InvariantCulture, $"{limit.Who} up to {limit.MaxOpen:N0}");
}
