using System.Globalization;
using Esb.Cli.Platform;
using Esb.Cli.Processes;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The limit on the number of open files of a process.</summary>
/// <param name="Who">The name of the process.</param>
/// <param name="MaxOpen">The hard limit, to which .NET raises the soft limit.</param>
/// <param name="Open">The number of open files; null when it is not known.</param>
internal sealed record LimitReading(string Who, long MaxOpen, int? Open);

/// <summary>Checks the limit on open files: each client, worker and log needs one.</summary>
internal static class LimitsCheck
{
    private const string Name = "open files";
    private const long Minimum = 1_024;
    private const string Raise =
        "raise it: LimitNOFILE= in the unit, or ulimit -n and /etc/security/limits.conf, then start again";

    // The gateway takes 10,000 connections by default (MAX_CONNECTIONS), and needs more for workers and files.
    private const long Wanted = 12_000;

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static IEnumerable<Finding> Run(DiagnosedPlatform platform) =>
        Of(Reader.Read(platform));

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
            < Minimum => Finding.Fail(Name, $"{Text(limit)}: too few to serve", Raise),
            < Wanted =>
                Finding.Warn(Name, $"{Text(limit)}: fewer than the 10,000 connections that the gateway takes", Raise),
            _ => null,
        };
    }

    private static string Text(LimitReading limit) => limit.Open is { } open
        ? string.Create(CultureInfo.InvariantCulture, $"{limit.Who} {open:N0} of {limit.MaxOpen:N0}")
        : string.Create(CultureInfo.InvariantCulture, $"{limit.Who} up to {limit.MaxOpen:N0}");

    /// <summary>
    /// Reads the limits of running parts, or of this shell's children when nothing runs. Source: proc(5),
    /// /proc/pid/limits.
    /// </summary>
    private static class Reader
    {
        private const string Row = "Max open files";

        public static List<LimitReading> Read(DiagnosedPlatform platform)
        {
            var running = platform.Alive
                .Select(part => Read(ComponentNames.Of(part.Kind), $"/proc/{part.Process.Pid}", counts: true))
                .OfType<LimitReading>().ToList();
            return running.Count > 0
                ? running
                : [.. new[] { Read("what esb up starts here", "/proc/self", counts: false) }.OfType<LimitReading>()];
        }

        private static LimitReading? Read(string who, string folder, bool counts)
        {
            try
            {
                var line = File.ReadLines($"{folder}/limits").First(l => l.StartsWith(Row, StringComparison.Ordinal));
                var hard = line[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
                var most = hard == "unlimited" ? long.MaxValue : long.Parse(hard, CultureInfo.InvariantCulture);
                return new LimitReading(
                    who, most, counts ? Directory.EnumerateFileSystemEntries($"{folder}/fd").Count() : null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null; // The process has ended, or belongs to another user.
            }
        }
    }
}
