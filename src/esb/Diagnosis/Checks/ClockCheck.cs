using System.Globalization;
using Esb.Cli.Terminal;
using Esb.Host.Clocks;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>What tells whether the clock is right.</summary>
/// <param name="Now">What it says.</param>
/// <param name="Future">A file of the platform that was changed later than now, and when; null when there is none.</param>
/// <param name="Drift">How far the clock was set since the platform was started, by the time that the kernel counted meanwhile; null when it is not up.</param>
/// <param name="IsSynchronized">The kernel is told the time by NTP.</param>
internal sealed record ClockReading(DateTimeOffset Now, (string Path, DateTimeOffset Time)? Future, TimeSpan? Drift, bool IsSynchronized);

/// <summary>A clock that is wrong makes signatures and tokens invalid and schedules late.</summary>
internal static class ClockCheck
{
    private const string Name = "clock";
    private const string SetIt = "set the clock, and let NTP keep it (timedatectl set-ntp true)";

    // AWS's signatures are valid for five minutes.
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Harmful = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset FirstRelease = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Looks, and judges what it sees.</summary>
    public static IEnumerable<Finding> Run(Patient patient, TimeProvider time) =>
        Of(Reader.Read(patient, time));

    public static IEnumerable<Finding> Of(ClockReading clock)
    {
        var now = clock.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        if (clock.Now < FirstRelease)
            yield return Finding.Fail(Name, $"it says {now}, which is before this esb was made", SetIt);
        else if (clock.Future is var (path, time) && time - clock.Now > Tolerated)
            yield return Later(now, path, time - clock.Now);
        else if (clock.Drift is { } drift && drift.Duration() > Tolerated)
            yield return Set(now, drift);
        else
            yield return Finding.Ok(Name, $"{now}, {(clock.IsSynchronized ? "kept by NTP" : "not kept by NTP")}");
    }

    private static Finding Later(string now, string path, TimeSpan by)
    {
        var message = $"it says {now}, but {path} was changed {Spans.Age(by)} later: it was set back, or was wrong then";
        return by > Harmful ? Finding.Fail(Name, message, SetIt) : Finding.Warn(Name, message, SetIt);
    }

    private static Finding Set(string now, TimeSpan drift)
    {
        var message = $"it says {now} and was set {(drift > TimeSpan.Zero ? "forward" : "back")} by {Spans.Age(drift.Duration())} since the platform was started";
        return Finding.Warn(Name, message, "rates and ages of this start are off by that; esb down and esb up begin anew");
    }

    /// <summary>The clock, and what else in the machine knows the time.</summary>
    private static class Reader
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
}
