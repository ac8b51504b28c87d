using System.Diagnostics;
using System.Globalization;

namespace Esb.Testing.Platforms;

/// <summary>The processes of one platform, to look for and to kill.</summary>
public static class PlatformProcesses
{
    /// <summary>Kills what runs of a binary, and waits until it is gone.</summary>
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
    /// What belongs to a platform carries its state folder in its environment or on its command line.
    /// </summary>
    public static List<(int Pid, string Name)> Of(Platform platform) => With(platform.StateFolder);

    /// <summary>Its gateway.</summary>
    public static int GatewayOf(Platform platform) => Of(platform).Single(p => p.Name == "esb-gateway").Pid;

    /// <summary>MiB of its gateway that are resident.</summary>
    public static double GatewayMemory(Platform platform) =>
        double.Parse(
            File.ReadLines($"/proc/{GatewayOf(platform)}/status")
                .First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2],
            CultureInfo.InvariantCulture) / 1024;

    /// <summary>Every process that has a text in its environment or on its command line, but this one.</summary>
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
                // It has ended meanwhile.
            }
        }

        return found;
    }
}
