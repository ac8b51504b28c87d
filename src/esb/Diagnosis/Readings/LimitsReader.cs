using System.Globalization;
using Esb.Cli.Diagnosis.Checks;
using Esb.Cli.Platform;
using Esb.Cli.Processes;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>Limits of what runs; of this shell's children when nothing does. Source: proc(5), /proc/pid/limits.</summary>
internal static class LimitsReader
{
    private const string Row = "Max open files";

    public static IReadOnlyList<LimitReading> Read(Patient patient)
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
