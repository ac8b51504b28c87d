using System.Diagnostics;
using System.Globalization;

namespace Esb.Testing.Platforms;

/// <summary>Finds and kills the processes of one platform.</summary>
public static class PlatformProcesses
{
    /// <summary>Kills the processes of a binary, and waits until they have ended.</summary>
    public static async Task KillAsync(Platform platform, string binary)
    {
        foreach (var pid in Of(platform).Where(p => p.Name == binary).Select(p => p.Pid))
        {
            using var process = Process.GetProcessById(pid);
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Sends a signal, by its name without SIG.</summary>
    public static async Task SignalAsync(int pid, string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{pid}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>
    /// The processes of a platform: all have its state folder in their environment or on their command line.
    /// </summary>
    public static List<(int Pid, string Name)> Of(Platform platform) => With(platform.StateFolder);

    /// <summary>The process id of its gateway.</summary>
    public static int GatewayOf(Platform platform) => Of(platform).Single(p => p.Name == "esb-gateway").Pid;

    /// <summary>The resident memory of its gateway, in MiB.</summary>
    public static double GatewayMemory(Platform platform) =>
        double.Parse(
            File.ReadLines($"/proc/{GatewayOf(platform)}/status")
                .First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2],
            CultureInfo.InvariantCulture) / 1024;

    /// <summary>Every process except this one that has a text in its environment or on its command line.</summary>
    public static List<(int Pid, string Name)> With(string mark)
    {
        List<(int, string)> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var pid) || pid == Environment.ProcessId)
                continue;
            try
            {
                var text = File.ReadAllText($"{folder}/environ") + File.ReadAllText($"{folder}/cmdline");
                if (text.Contains(mark, StringComparison.Ordinal))
                    found.Add((pid, File.ReadAllText($"{folder}/comm").Trim()));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The process has ended meanwhile.
            }
        }

        return found;
    }
}
