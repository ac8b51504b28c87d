using System.Globalization;
using Esb.Cli.Processes;
using Esb.Cli.Settings;
using Esb.Host.Logs;

namespace Esb.Cli.Platform;

/// <summary>
/// Finds the running parts of a platform whose <c>platform.json</c> is lost or damaged, by the log file that each of
/// them was started with. Source: proc(5), environ.
/// </summary>
internal static class UnrecordedParts
{
    public static IReadOnlyList<RunningComponent> Of(StateFolder state)
    {
        var logs = Enum.GetValues<ComponentKind>().ToDictionary(
            kind => $"{ProcessOutput.FileVariable}={Path.Combine(state.Logs, ComponentNames.LogFile(kind))}",
            StringComparer.Ordinal);
        List<RunningComponent> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            // Each part leads its own session; its workers and helpers do not.
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                || ProcessIdentity.SessionOf(pid) != pid)
                continue;
            foreach (var variable in Environment(folder))
            {
                if (logs.TryGetValue(variable, out var kind) && ProcessIdentity.Of(pid) is { } process)
                    found.Add(new RunningComponent(
                        kind,
                        process,
                        $"process {pid}",
                        variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..]));
            }
        }

        return [.. found.Where(part => part.Process.IsRunning())];
    }

    private static string[] Environment(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // It has ended, or belongs to another user.
        }
    }
}
