using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Esb.Benchmarks.Running;

/// <summary>
/// Runs processes with posix_spawn and waitpid, because .NET's way to start one takes longer than the programs that are
/// measured here.
/// </summary>
internal static partial class Spawn
{
    /// <summary>Runs a program to its end and discards its output; returns the milliseconds that it took.</summary>
    public static double Run(string program, params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        Wait(Start(program, arguments));
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>
    /// Runs a program to its end and discards its output; returns its processor time in milliseconds, including that of
    /// the kernel for it.
    /// </summary>
    public static double Processor(string program, params string[] arguments)
    {
        // struct rusage begins with two struct timeval: the seconds and microseconds in the program and in the kernel.
        Span<long> usage = stackalloc long[18];
        var pid = Start(program, arguments);
        if (Wait4(pid, out var status, 0, usage) != pid || status != 0)
            throw new InvalidOperationException($"a measured process ended with status {status}");
        return ((usage[0] + usage[2]) * 1e3) + ((usage[1] + usage[3]) / 1e3);
    }

    /// <summary>Runs several copies in parallel; returns the milliseconds until the last one has ended.</summary>
    public static double RunTogether(int count, string program, params string[] arguments)
    {
        var started = Stopwatch.GetTimestamp();
        var pids = Enumerable.Range(0, count).Select(_ => Start(program, arguments)).ToList();
        pids.ForEach(Wait);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static int Start(string program, string[] arguments)
    {
        var actions = Marshal.AllocHGlobal(512); // posix_spawn_file_actions_t, 80 bytes in glibc
        try
        {
            FileActionsInit(actions);
            foreach (var stream in new[] { 1, 2 })
                FileActionsAddOpen(actions, stream, "/dev/null", 1, 0); // O_WRONLY
            string?[] environment =
            [
                .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}"),
                null,
            ];
            var error = SpawnProcess(out var pid, program, actions, 0, [program, .. arguments, null], environment);
            FileActionsDestroy(actions);
            return error == 0 ? pid : throw new IOException($"{program} cannot be started: error {error}");
        }
        finally
        {
            Marshal.FreeHGlobal(actions);
        }
    }

    private static void Wait(int pid)
    {
        if (WaitPid(pid, out var status, 0) != pid || status != 0)
            throw new InvalidOperationException($"a measured process ended with status {status}");
    }

    [LibraryImport("libc", EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SpawnProcess(
        out int pid,
        string file,
        nint actions,
        nint attributes,
        string?[] arguments,
        string?[] environment);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial void FileActionsInit(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial void FileActionsDestroy(nint actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void FileActionsAddOpen(nint actions, int stream, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "wait4")]
    private static partial int Wait4(int pid, out int status, int options, Span<long> usage);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitPid(int pid, out int status, int options);
}
