using System.Collections;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Esb.Host.Processes;
using Microsoft.Win32.SafeHandles;

namespace Esb.Agent.Launching;

/// <summary>Starts launchers with posix_spawn. Used by one thread.</summary>
internal sealed unsafe class Spawner
{
    // This executable, even if a newer version has replaced the file since.
    private readonly NativeStrings _program = new(["/proc/self/exe"]);
    private readonly NativeStrings _arguments = new(LauncherArguments());
    private readonly NativeStrings _environment = new(OwnEnvironment());

    /// <summary>A running launcher, and the pipe on which it reports that it could not execute its program.</summary>
    public readonly record struct Spawned(ChildProcess Child, Stream Report);

    /// <exception cref="LaunchException">The launcher itself could not be started.</exception>
    public Spawned Spawn(LaunchPlan plan)
    {
        using var planFile = PlanFile(plan);
        var (outputRead, outputWrite) = Pipe();
        var (errorRead, errorWrite) = Pipe();
        var (reportRead, reportWrite) = Pipe();
        using (outputWrite)
        using (errorWrite)
        using (reportWrite)
        {
            var id = Spawn(
                (int)planFile.DangerousGetHandle(), Number(outputWrite), Number(errorWrite), Number(reportWrite));
            return new Spawned(new ChildProcess(id, Reader(outputRead), Reader(errorRead)), Reader(reportRead));
        }
    }

    private int Spawn(params ReadOnlySpan<int> descriptors)
    {
        var actions = stackalloc byte[Native.OpaqueBytes];
        var attributes = stackalloc byte[Native.OpaqueBytes];
        var signals = stackalloc byte[Native.OpaqueBytes];
        Check(Native.InitializeActions(actions));
        Check(Native.InitializeAttributes(attributes));
        try
        {
            for (var target = 0; target < descriptors.Length; target++)
                Check(Native.AddDuplicate(actions, descriptors[target], target));
            Check(Native.SetAttributeFlags(
                attributes, Native.SpawnNewSession | Native.SpawnSetSignalMask | Native.SpawnSetSignalDefaults));
            Native.EmptySignals(signals);
            Check(Native.SetSignalMask(attributes, signals));
            Native.FillSignals(signals);
            Check(Native.SetSignalDefaults(attributes, signals));
            int id;
            Check(Native.Spawn(
                &id, _program.Pointer[0], actions, attributes, _arguments.Pointer, _environment.Pointer));
            return id;
        }
        finally
        {
            Native.DestroyActions(actions);
            Native.DestroyAttributes(attributes);
        }
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new LaunchException("start a process", error);
    }

    private static SafeFileHandle PlanFile(LaunchPlan plan)
    {
        var descriptor = Native.MemoryFile("esb-launch", Native.MemoryFileCloseOnExec);
        if (descriptor < 0)
            throw new LaunchException("make a memory file", Marshal.GetLastPInvokeError());
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        // Writes at offsets (pwrite), which leaves the file position at the start, where the launcher begins to read.
        RandomAccess.Write(file, plan.Encode(), 0);
        return file;
    }

    private static (SafePipeHandle Read, SafePipeHandle Write) Pipe()
    {
        var ends = stackalloc int[2];
        return Native.Pipe(ends, Native.CloseOnExec) == 0
            ? (new SafePipeHandle(ends[0], ownsHandle: true), new SafePipeHandle(ends[1], ownsHandle: true))
            : throw new LaunchException("make a pipe", Marshal.GetLastPInvokeError());
    }

    private static int Number(SafePipeHandle handle) => (int)handle.DangerousGetHandle();

    private static AnonymousPipeClientStream Reader(SafePipeHandle handle) => new(PipeDirection.In, handle);

    // In a published program the executable is the agent; under `dotnet esb-agent.dll` it is only the host.
    private static string[] LauncherArguments()
    {
        var host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        return host
            ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "esb-agent.dll"), Launcher.Command]
            : ["esb-agent", Launcher.Command];
    }

    // Disables the diagnostics port, whose socket file would be left behind when the launcher executes another program.
    private static List<string> OwnEnvironment() =>
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}"),
        "DOTNET_EnableDiagnostics=0",
    ];
}
