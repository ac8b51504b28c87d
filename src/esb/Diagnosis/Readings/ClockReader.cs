using Esb.Cli.Diagnosis.Checks;
using Esb.Host.Clocks;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Readings;

/// <summary>The clock, and what else in the machine knows the time.</summary>
internal static class ClockReader
{
    private const int TicksPerSecond = 100; // sysconf(_SC_CLK_TCK), the same on every Linux that .NET runs on

    public static ClockReading Read(Patient patient, TimeProvider time)
    {
        var now = time.GetUtcNow();
        return new ClockReading(now, Youngest(patient) is var (_, at) && at > now ? Youngest(patient) : null, Drift(patient, now), Adjtimex.IsSynchronized());
    }

    private static (string Path, DateTimeOffset Time)? Youngest(Patient patient)
    {
        var state = patient.Settings.State;
        IEnumerable<string> files =
        [
            .. ConfigurationFiles.Names.Select(name => Path.Combine(patient.State?.ConfigDir ?? patient.Settings.ConfigFolder, name)),
            state.PlatformFile, state.CredentialsFile,
            .. Directory.Exists(state.Logs) ? Directory.EnumerateFiles(state.Logs) : [],
        ];
        return files.Where(File.Exists)
            .Select(file => ((string, DateTimeOffset)?)(file, new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero)))
            .MaxBy(file => file!.Value.Item2);
    }

    // platform.json says when the oldest part was started; the kernel says how long ago that is.
    private static TimeSpan? Drift(Patient patient, DateTimeOffset now)
    {
        if (patient.State is not { } state || patient.Alive.Count == 0 || patient.Alive.Count != state.Components.Count)
            return null;
        var uptime = double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        var counted = TimeSpan.FromSeconds(uptime - (patient.Alive.Min(component => component.Process.StartTicks) / (double)TicksPerSecond));
        return now - state.StartedAt - counted;
    }
}
