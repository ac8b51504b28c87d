using System.Globalization;
using Esb.Host.Processes;

namespace Esb.Agent.Limits;

/// <summary>The cgroup of one worker. Source: the kernel's cgroup-v2.rst and cgroup-v1/memory.rst.</summary>
internal sealed class WorkerCgroup(string folder)
{
    private static readonly TimeSpan RemovePause = TimeSpan.FromMilliseconds(10);
    private const int RemoveAttempts = 50;

    public string Processes => Path.Combine(folder, "cgroup.procs");

    /// <summary>Null when the kernel does not allow it; the worker is then limited in another way.</summary>
    public static WorkerCgroup? Make(string folder, long bytes)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var limit = bytes.ToString(CultureInfo.InvariantCulture);
            var two = File.Exists(Path.Combine(folder, "memory.max"));
            File.WriteAllText(Path.Combine(folder, two ? "memory.max" : "memory.limit_in_bytes"), limit);
            if (two)
                WriteIfThere(folder, "memory.oom.group", "1");
            // Swap would only delay the end of processes that exceed the limit.
            WriteIfThere(folder, two ? "memory.swap.max" : "memory.memsw.limit_in_bytes", two ? "0" : limit);
            return new WorkerCgroup(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether the kernel killed one of its processes because memory ran out.</summary>
    public bool OutOfMemory()
    {
        foreach (var file in new[] { "memory.events", "memory.oom_control" })
        {
            var path = Path.Combine(folder, file);
            if (File.Exists(path))
                return Kills(File.ReadAllLines(path)) > 0;
        }

        return false;
    }

    /// <summary>The number after <c>oom_kill</c>; both cgroup versions use this format.</summary>
    public static int Kills(IEnumerable<string> lines) =>
        lines.Select(line => line.Split(' '))
            .Where(words => words is ["oom_kill", _])
            .Select(words => int.Parse(words[1], CultureInfo.InvariantCulture))
            .FirstOrDefault();

    /// <summary>Kills the remaining processes and removes the cgroup.</summary>
    public async Task RemoveAsync()
    {
        for (var attempt = 0; attempt < RemoveAttempts && Directory.Exists(folder); attempt++)
        {
            try
            {
                Empty();
                Directory.Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The cgroup is busy until a killed process is gone.
                await Task.Delay(RemovePause);
            }
        }
    }

    private void Empty()
    {
        foreach (var line in File.ReadAllLines(Processes))
            Native.Kill(int.Parse(line, CultureInfo.InvariantCulture), Native.SigKill);
    }

    private static void WriteIfThere(string folder, string file, string text)
    {
        var path = Path.Combine(folder, file);
        if (File.Exists(path))
            File.WriteAllText(path, text);
    }
}
