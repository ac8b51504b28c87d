using System.Text.Json.Serialization;

namespace Esb.Agent.Containerd;

/// <summary>
/// The parts of a runc container configuration that the agent uses. Source: OCI, "Runtime Specification", config.json,
/// version 1.0.2.
/// </summary>
internal sealed record OciContainer(
    string OciVersion,
    OciProcess Process,
    OciRoot Root,
    string Hostname,
    IReadOnlyList<OciMount> Mounts,
    OciHooks Hooks,
    OciLinux Linux);

/// <summary>The process to run.</summary>
internal sealed record OciProcess(OciUser User, IReadOnlyList<string> Args, IReadOnlyList<string> Env, string Cwd)
{
    /// <summary>No capabilities of any kind.</summary>
    public OciCapabilities Capabilities { get; } = new([], [], [], [], []);

    public bool NoNewPrivileges { get; } = true;

    public required IReadOnlyList<OciLimit> Rlimits { get; init; }

    public required int OomScoreAdj { get; init; }
}

/// <summary>By number: names are known only inside the image.</summary>
internal sealed record OciUser(uint Uid, uint Gid);

/// <summary>Sets of capabilities.</summary>
internal sealed record OciCapabilities(
    IReadOnlyList<string> Bounding,
    IReadOnlyList<string> Effective,
    IReadOnlyList<string> Inheritable,
    IReadOnlyList<string> Permitted,
    IReadOnlyList<string> Ambient);

/// <summary>A limit of setrlimit(2).</summary>
internal sealed record OciLimit(string Type, ulong Hard, ulong Soft);

/// <summary>The root file system, in containerd's bundle.</summary>
internal sealed record OciRoot(string Path, bool Readonly);

/// <summary>A mount in the container.</summary>
internal sealed record OciMount(string Destination, string Type, string Source, IReadOnlyList<string> Options);

/// <summary>Programs that run outside the container at points of its life cycle.</summary>
internal sealed record OciHooks(IReadOnlyList<OciHook> CreateRuntime);

/// <summary>A hook. It receives the state of the container, with its process id, on standard input.</summary>
/// <param name="Path">The path as seen by runc.</param>
/// <param name="Args">The arguments, including the program's name.</param>
/// <param name="Env">The complete environment of the hook.</param>
/// <param name="Timeout">In seconds.</param>
internal sealed record OciHook(string Path, IReadOnlyList<string> Args, IReadOnlyList<string> Env, int Timeout);

/// <summary>The Linux-specific part.</summary>
internal sealed record OciLinux(string CgroupsPath, OciResources Resources, IReadOnlyList<OciNamespace> Namespaces)
{
    public required IReadOnlyList<string> MaskedPaths { get; init; }

    public required IReadOnlyList<string> ReadonlyPaths { get; init; }

    public required OciSeccomp Seccomp { get; init; }
}

/// <summary>Limits of a cgroup.</summary>
internal sealed record OciResources(OciMemory Memory, OciProcessors Cpu, OciProcesses Pids)
{
    /// <summary>No device access besides that of every container.</summary>
    public IReadOnlyList<OciDevice> Devices { get; } = [new(false, "rwm")];
}

/// <summary>In bytes; <c>Swap</c> is memory and swap together.</summary>
internal sealed record OciMemory(long Limit, long Swap);

/// <summary>Quota and period, in microseconds.</summary>
internal sealed record OciProcessors(ulong Shares, long Quota, ulong Period);

/// <summary>Processes and threads.</summary>
internal sealed record OciProcesses(long Limit);

/// <summary>A device rule.</summary>
internal sealed record OciDevice(bool Allow, string Access);

/// <summary>A new namespace.</summary>
internal sealed record OciNamespace(string Type);

/// <summary>The seccomp profile: the action for each system call.</summary>
internal sealed record OciSeccomp(
    string DefaultAction,
    IReadOnlyList<string> Architectures,
    IReadOnlyList<OciSystemCalls> Syscalls);

/// <summary>A seccomp rule.</summary>
internal sealed record OciSystemCalls(
    IReadOnlyList<string> Names,
    string Action,
    uint ErrnoRet,
    IReadOnlyList<OciArgument>? Args);

/// <summary>A condition on an argument.</summary>
internal sealed record OciArgument(uint Index, ulong Value, ulong ValueTwo, string Op);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(OciContainer))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class OciJson : JsonSerializerContext;
