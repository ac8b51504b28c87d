using System.Globalization;
using Esb.Cli.Terminal;
using Esb.Host.Clocks;
using Esb.Schema.Files;

namespace Esb.Cli.Diagnosis.Checks;

/// <summary>The clock, and what it is compared with.</summary>
/// <param name="Now">The time of the clock.</param>
/// <param name="Future">A file of the platform with a time in the future, and that time; null without one.</param>
/// <param name="Drift">By how much the clock was changed since the platform started; null when the platform is not
/// up.</param>
/// <param name="IsSynchronized">Whether NTP synchronizes the clock.</param>
internal sealed record ClockReading(
    DateTimeOffset Now, (string Path, DateTimeOffset Time)? Future, TimeSpan? Drift, bool IsSynchronized);

/// <summary>Checks the clock: a wrong one makes signatures and tokens invalid and schedules late.</summary>
internal static class ClockCheck
{
    private const string Name = "clock";
    private const string SetIt = "set the clock, and let NTP keep it (timedatectl set-ntp true)";

    // AWS's signatures are valid for five minutes.
    private static readonly TimeSpan Tolerated = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Harmful = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset FirstRelease = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Runs the check: reads the state and evaluates it.</summary>
    public static IEnumerable<Finding> Run(DiagnosedPlatform platform, TimeProvider time) =>
        Of(Reader.Read(platform, time));

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
        var message =
            $"it says {now}, but {path} was changed {DurationText.Age(by)} later: it was set back, or was wrong then";
        return by > Harmful ? Finding.Fail(Name, message, SetIt) : Finding.Warn(Name, message, SetIt);
    }

    private static Finding Set(string now, TimeSpan drift)
    {
        var message = $"it says {now} and was set {(drift > TimeSpan.Zero ? "forward" : "back")} by "
            + $"{DurationText.Age(drift.Duration())} since the platform was started";
        return Finding.Warn(
            Name, message, "rates and ages of this start are off by that; esb down and esb up reset them");
    }

    /// <summary>Reads the clock, file times and the kernel's uptime.</summary>
    private static class Reader
    {
        private const int TicksPerSecond = 100; // sysconf(_SC_CLK_TCK), the same on every Linux that .NET runs on

        public static ClockReading Read(DiagnosedPlatform platform, TimeProvider time)
        {
            var now = time.GetUtcNow();
            return new ClockReading(
                now,
                NewestFile(platform) is var (_, at) && at > now ? NewestFile(platform) : null,
                Drift(platform, now),
                Adjtimex.IsSynchronized());
        }

        private static (string Path, DateTimeOffset Time)? NewestFile(DiagnosedPlatform platform)
        {
            var state = platform.Settings.State;
            IEnumerable<string> files =
            [
                .. ConfigurationFiles.Names.Select(
                    name => Path.Combine(platform.State?.ConfigDir ?? platform.Settings.ConfigFolder, name)),
                state.PlatformFile, state.CredentialsFile,
                .. Directory.Exists(state.Logs) ? Directory.EnumerateFiles(state.Logs) : [],
            ];
            return files.Where(File.Exists)
                .Select(file => ((string, DateTimeOffset)?)(
                    file, new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero)))
                .MaxBy(file => file!.Value.Item2);
        }

        // Compares the start time in platform.json with the age that the kernel reports for the oldest process.
        private static TimeSpan? Drift(DiagnosedPlatform platform, DateTimeOffset now)
        {
            if (platform.State is not { } state
                || platform.Alive.Count == 0
                || platform.Alive.Count != state.Components.Count)
                return null;
            var uptime = double.Parse(
                File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
            var counted = TimeSpan.FromSeconds(
                uptime - (platform.Alive.Min(component => component.Process.StartTicks) / (double)TicksPerSecond));
            return now - state.StartedAt - counted;
        }
    }
}
