using System.Globalization;
using System.Runtime.InteropServices;

namespace Esb.Cli.SupportBundles;

/// <summary>A description of the machine, from files of its kernel and distribution.</summary>
internal static class MachineReport
{
    private static readonly string[] WholeFiles =
    [
        "/proc/version", "/etc/os-release", "/proc/uptime", "/proc/loadavg", "/proc/meminfo", "/proc/self/limits",
        "/proc/self/cgroup", "/proc/self/mountinfo", "/proc/pressure/memory",
    ];

    public static IEnumerable<(string Name, string Text)> Read()
    {
        yield return ("machine/summary.txt", Summary());
        foreach (var file in WholeFiles)
        {
            if (Content(file) is { } text)
                yield return ($"machine/{file.Trim('/').Replace('/', '-')}.txt", text);
        }
    }

    private static string Summary()
    {
        var model = Content("/proc/cpuinfo")?.Split('\n')
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        var user = Environment.GetEnvironmentVariable("UID") ?? (Environment.IsPrivilegedProcess ? "0" : "not root");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            architecture  {RuntimeInformation.OSArchitecture}
            processors    {Environment.ProcessorCount} {model}
            runtime       {RuntimeInformation.FrameworkDescription}
            user          uid {user}

            """);
    }

    private static string? Content(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
