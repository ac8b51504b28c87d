using System.Runtime.InteropServices;
using System.Text;
using Esb.Host.Processes;

namespace Esb.Agent.Launching;

/// <summary>
/// <c>esb-agent launch</c>: runs in the new process before the worker's program. It confines the process and then
/// executes the program. To take only a few milliseconds, it uses no other part of the agent.
/// </summary>
internal static unsafe class Launcher
{
    public const string Command = "launch";

    /// <summary>
    /// The descriptor for reporting a failure: the step, NUL, errno. It is closed when the program is executed.
    /// </summary>
    public const int ReportDescriptor = 3;

    private const int PlanDescriptor = 0;
    private const int CloseRange = 436;
    private const int NotFound = 127;

    // AWS, "Lambda quotas": 1,024 file descriptors. The .NET runtime has raised the limit for itself.
    private const ulong OpenFiles = 1024;

    public static int Run()
    {
        var plan = LaunchPlan.Decode(ReadPlan());
        Report(Confine(plan) ?? Become(plan));
        return NotFound;
    }

    // Null for success. The agent has already made this process the leader of its own session.
    private static string? Confine(LaunchPlan plan)
    {
        if (Native.ProcessControl(Native.SetParentDeathSignal, Native.SigKill, 0, 0, 0) != 0)
            return "ask to end with the agent";
        // The agent may have died before the prctl call.
        if (Native.ParentProcessId() != plan.Owner)
            Environment.Exit(NotFound);
        if (plan.CgroupProcesses is { } processes && !JoinCgroup(processes))
            return $"join the cgroup of {processes}";
        if (!Limit(Native.LimitCore, 0, 0) || !Limit(Native.LimitDescriptors, OpenFiles, null))
            return "limit core dumps and open files";
        if (plan.DataLimit is { } bytes && !Limit(Native.LimitData, (ulong)bytes, (ulong)bytes))
            return "limit memory";
        // When memory runs out the kernel should kill a worker before the agent, which serves all workers.
        Write("/proc/self/oom_score_adj", "500");
        return Native.ProcessControl(Native.SetNoNewPrivileges, 1, 0, 0, 0) != 0 ? "give up new privileges" : null;
    }

    private static string Become(LaunchPlan plan)
    {
        Native.UserMask(0b000_010_010);
        if (Native.ChangeFolder(plan.Folder) != 0)
            return $"change to {plan.Folder}";
        var nothing = Native.Open("/dev/null", 0);
        if (nothing < 0 || Native.Duplicate(nothing, PlanDescriptor) < 0)
            return "open /dev/null";
        Native.DescriptorControl(ReportDescriptor, Native.SetDescriptorFlags, Native.DescriptorCloseOnExec);
        Native.SystemCall(
            CloseRange, ReportDescriptor, unchecked((nint)uint.MaxValue), (nint)Native.CloseRangeCloseOnExec);
        using var program = new NativeStrings([plan.Program]);
        using var arguments = new NativeStrings([plan.Program, .. plan.Arguments]);
        using var environment = new NativeStrings([.. plan.Environment.Select(entry => $"{entry.Key}={entry.Value}")]);
        // Ignored signals stay ignored after execve(2), and .NET ignores SIGPIPE.
        for (var signal = 1; signal <= Native.LastStandardSignal; signal++)
            Native.Signal(signal, 0);
        Native.Execute(program.Pointer[0], arguments.Pointer, environment.Pointer);
        return $"execute {plan.Program}";
    }

    private static bool Limit(int resource, ulong soft, ulong? hard)
    {
        if (Native.GetLimit(resource, out var now) != 0)
            return false;
        var highest = Math.Min(hard ?? now.Hard, now.Hard);
        return Native.SetLimit(
            resource, new Native.ResourceLimit { Soft = Math.Min(soft, highest), Hard = highest }) == 0;
    }

    private static bool JoinCgroup(string processes) => Write(processes, "0");

    private static bool Write(string path, string text)
    {
        const int writeOnly = 1;
        var descriptor = Native.Open(path, writeOnly | Native.CloseOnExec);
        if (descriptor < 0)
            return false;
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text))
            return Native.Write(descriptor, bytes, (nuint)text.Length) == text.Length;
    }

    private static byte[] ReadPlan()
    {
        using var plan = new MemoryStream();
        var buffer = stackalloc byte[16 * 1024];
        while (Native.Read(PlanDescriptor, buffer, 16 * 1024) is var count and > 0)
            plan.Write(new ReadOnlySpan<byte>(buffer, (int)count));
        return plan.ToArray();
    }

    private static void Report(string step)
    {
        var bytes = Encoding.UTF8.GetBytes($"{step}\0{Marshal.GetLastPInvokeError()}");
        fixed (byte* pointer = bytes)
            Native.Write(ReportDescriptor, pointer, (nuint)bytes.Length);
    }
}
