using System.Diagnostics;
using System.Globalization;

namespace Esb.Benchmarks.Peers;

/// <summary>
/// All processes that descend from the commands that are run here, even if they left their parents: they have a special
/// variable in their environment, or are children of one that has it.
/// </summary>
internal sealed class ProcessGroup
{
    private const string Variable = "ESB_BENCHMARK_GROUP";

    private readonly string _mark = Guid.NewGuid().ToString("N");

    /// <summary>Starts a command, and discards its output.</summary>
    public Process Start(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment[Variable] = _mark;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Runs a command to its end; returns the milliseconds that it took.</summary>
    public double Run(
        string program,
        IEnumerable<string> arguments,
        string folder,
        IReadOnlyDictionary<string, string> environment)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Start(program, arguments, folder, environment);
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(started).TotalMilliseconds
            : throw new InvalidOperationException(
                $"{Path.GetFileName(program)} {string.Join(' ', arguments)}: exit code {process.ExitCode}");
    }

    /// <summary>
    /// The memory in MiB of the processes whose program's name is selected; shared memory is counted once.
    /// </summary>
    public double Memory(Func<string, bool>? program = null) =>
        Members().Where(pid => program is null || program(ProgramOf(pid)))
            .Sum(pid => Number($"/proc/{pid}/smaps_rollup", "Pss:")) / 1024;

    /// <summary>The first process of this program.</summary>
    public int Find(string program) => Members().Order().First(pid => ProgramOf(pid) == program);

    /// <summary>Kills the remaining processes.</summary>
    public void Kill()
    {
        foreach (var pid in Members())
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                process.WaitForExit(5_000);
            }
            catch (ArgumentException)
            {
                // The process has ended by itself meanwhile.
            }
        }
    }

    private static string ProgramOf(int pid) => Read($"/proc/{pid}/comm").TrimEnd();

    private static double Number(string file, string name)
    {
        var line = Read(file).Split('\n').FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal));
        return line is null
            ? 0
            : double.Parse(
                line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture);
    }

    // A process may end at any time.
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private HashSet<int> Members()
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(folder =>
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                    ? pid
                    : 0)
            .Where(pid => pid > 0)
            .ToDictionary(pid => pid, pid => (int)Number($"/proc/{pid}/status", "PPid:"));
        var mark = $"{Variable}={_mark}";
        var members = parents.Keys.Where(pid => Read($"/proc/{pid}/environ").Split('\0').Contains(mark)).ToHashSet();
        bool grown;
        do
        {
            grown = false;
            foreach (var (pid, parent) in parents)
                grown |= members.Contains(parent) && members.Add(pid);
        }
        while (grown);
        return members;
    }
}
