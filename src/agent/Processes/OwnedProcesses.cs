using System.Globalization;
using System.Text;
using Esb.Host.Processes;

namespace Esb.Agent.Processes;

/// <summary>Finds processes by the mark in the environment of every worker and its descendants.</summary>
internal static class OwnedProcesses
{
    public const string OwnerVariable = "ESB_WORKER_OWNER";
    public const string WorkerVariable = "ESB_WORKER_ID";

    /// <summary>Kills all workers of one owner, wherever they are in the process tree.</summary>
    /// <returns>The number of processes.</returns>
    public static int KillAllOf(string owner) => Kill(owner, null);

    /// <summary>Kills descendants of one worker that are not in its process group.</summary>
    public static int KillWorker(string owner, string processMark) => Kill(owner, processMark);

    /// <summary>Whether an environment, as in <c>/proc/*/environ</c>, has the variable with that value.</summary>
    public static bool Has(ReadOnlySpan<byte> environment, string variable, string value)
    {
        var entry = Encoding.UTF8.GetBytes($"\0{variable}={value}\0");
        return environment.StartsWith(entry.AsSpan(1)) || environment.IndexOf(entry) >= 0;
    }

    private static int Kill(string owner, string? worker)
    {
        var killed = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                || id == Environment.ProcessId)
                continue;
            if (Environ(folder) is not { } environment || !Has(environment, OwnerVariable, owner))
                continue;
            if (worker is null || Has(environment, WorkerVariable, worker))
                killed += Native.Kill(id, Native.SigKill) == 0 ? 1 : 0;
        }

        return killed;
    }

    private static byte[]? Environ(string folder)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process is already gone, or belongs to another user.
            return null;
        }
    }
}
