using System.Globalization;
using Esb.Cli.Platform;
using Esb.Cli.Processes;

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

    /// <summary>Looks, and judges what it sees.</summary>
    public static IEnumerable<Finding> Run(Patient patient) =>
        Of(Reader.Read(patient));

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

    /// <summary>Limits of what runs; of this shell's children when nothing does. Source: proc(5), /proc/pid/limits.</summary>
    private static class Reader
    {
        private const string Row = "Max open files";

        public static List<LimitReading> Read(Patient patient)
        {
            var running = patient.Alive.Select(component => Read(ComponentNames.Of(component.Kind), $"/proc/{Serving(component)}", counts: true)).OfType<LimitReading>().ToList();
            return running.Count > 0 ? running : [.. new[] { Read("what esb up starts here", "/proc/self", counts: false) }.OfType<LimitReading>()];
        }

        // The database's is started by the loop that keeps it up.
        private static int Serving(RunningComponent component) => component.Kind == ComponentKind.Database
            && ProcessSession.Members(component.Process.Pid).FirstOrDefault(member => member.Pid != component.Process.Pid) is { } started
                ? started.Pid
                : component.Process.Pid;

        private static LimitReading? Read(string who, string folder, bool counts)
        {
            try
            {
                var line = File.ReadLines($"{folder}/limits").First(l => l.StartsWith(Row, StringComparison.Ordinal));
                var hard = line[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
                var most = hard == "unlimited" ? long.MaxValue : long.Parse(hard, CultureInfo.InvariantCulture);
                return new LimitReading(who, most, counts ? Directory.EnumerateFileSystemEntries($"{folder}/fd").Count() : null);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null; // It has ended meanwhile, or is another user's.
            }
        }
    }
}
