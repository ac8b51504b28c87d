using System.Runtime.InteropServices;
using System.Text;
using Esb.Host.Processes;

namespace Esb.Agent.Launching;

/// <summary>
/// <c>esb-agent launch</c>: the moment between the agent and a worker. It runs as the worker's process already, confines it, and
/// becomes the worker's program. It costs a few milliseconds, so nothing else of the agent is touched on this path.
/// </summary>
internal static unsafe class Launcher
{
    public const string Command = "launch";

    /// <summary>Where a failure is reported to: the step, NUL, errno. The descriptor closes when the program runs.</summary>
    public const int ReportDescriptor = 3;

    private const int PlanDescriptor = 0;
    private const int CloseRange = 436;
    private const int NotFound = 127;

    // AWS, "Lambda quotas": 1,024 file descriptors. .NET had raised the limit for itself.
    private const ulong OpenFiles = 1024;

    public static int Run()
    {
        var plan = LaunchPlan.Decode(ReadPlan());
        Report(Confine(plan) ?? Become(plan));
        return NotFound;
    }

    // Null: done. The agent has already made it the leader of a session of its own.
    private static string? Confine(LaunchPlan plan)
    {
        if (Native.ProcessControl(Native.SetParentDeathSignal, Native.SigKill, 0, 0, 0) != 0)
            return "ask to end with the agent";
        // The agent may have died before that was asked.
        if (Native.ParentProcessId() != plan.Owner)
            Environment.Exit(NotFound);
        if (plan.CgroupProcesses is { } processes && !JoinCgroup(processes))
            return $"join the cgroup of {processes}";
        if (!Limit(Native.LimitCore, 0, 0) || !Limit(Native.LimitDescriptors, OpenFiles, null))
            return "limit core dumps and open files";
        if (plan.DataLimit is { } bytes && !Limit(Native.LimitData, (ulong)bytes, (ulong)bytes))
            return "limit memory";
        // Before the agent, whose memory serves all workers, the kernel should take one of them.
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
        Native.SystemCall(CloseRange, ReportDescriptor, unchecked((nint)uint.MaxValue), (nint)Native.CloseRangeCloseOnExec);
        using var program = new NativeStrings([plan.Program]);
        using var arguments = new NativeStrings([plan.Program, .. plan.Arguments]);
        using var environment = new NativeStrings([.. plan.Environment.Select(entry => $"{entry.Key}={entry.Value}")]);
        // Ignored signals stay ignored in the new program, and .NET ignores SIGPIPE.
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
        return Native.SetLimit(resource, new Native.ResourceLimit { Soft = Math.Min(soft, highest), Hard = highest }) == 0;
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
