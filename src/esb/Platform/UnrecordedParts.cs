using System.Globalization;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Host.Logs;

namespace Esb.Cli.Platform;

/// <summary>
/// Finds the running parts of a platform whose <c>platform.json</c> is lost or damaged, by the log file that each of
/// them was started with.
/// </summary>
internal static class UnrecordedParts
{
    public static IReadOnlyList<RunningComponent> Of(StateFolder state)
    {
        var logs = Enum.GetValues<ComponentKind>().ToDictionary(
            kind => Path.Combine(state.Logs, ComponentNames.LogFile(kind)),
            StringComparer.Ordinal);
        List<RunningComponent> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            // Each part leads its own session; its workers and helpers do not.
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                || ProcessIdentity.SessionOf(pid) != pid)
                continue;
            if (ProcessEnvironment.Of(pid)?.GetValueOrDefault(ProcessOutput.FileVariable) is { } log
                && logs.TryGetValue(log, out var kind) && ProcessIdentity.Of(pid) is { } process)
                found.Add(new RunningComponent(kind, process, $"process {pid}", log));
        }

        return [.. found.Where(part => part.Process.IsRunning())];
    }
}
