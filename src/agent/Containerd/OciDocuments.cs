using System.Text.Json.Serialization;

namespace Esb.Agent.Containerd;

/// <summary>A container for runc, as far as it is used. Source: OCI, "Runtime Specification", config.json, version 1.0.2.</summary>
internal sealed record OciContainer(string OciVersion, OciProcess Process, OciRoot Root, string Hostname, IReadOnlyList<OciMount> Mounts, OciHooks Hooks, OciLinux Linux);

/// <summary>The program.</summary>
internal sealed record OciProcess(OciUser User, IReadOnlyList<string> Args, IReadOnlyList<string> Env, string Cwd)
{
    /// <summary>None of any kind.</summary>
    public OciCapabilities Capabilities { get; } = new([], [], [], [], []);

    public bool NoNewPrivileges { get; } = true;

    public required IReadOnlyList<OciLimit> Rlimits { get; init; }

    public required int OomScoreAdj { get; init; }
}

/// <summary>By number: names are known inside the image only.</summary>
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

/// <summary>Something that is mounted into it.</summary>
internal sealed record OciMount(string Destination, string Type, string Source, IReadOnlyList<string> Options);

/// <summary>Programs outside of the container, at points of its life.</summary>
internal sealed record OciHooks(IReadOnlyList<OciHook> CreateRuntime);

/// <summary>Gets the state of the container, with its process id, on its standard input.</summary>
/// <param name="Path">As runc sees it.</param>
/// <param name="Args">With the name of the program.</param>
/// <param name="Env">Nothing else is in its environment.</param>
/// <param name="Timeout">Seconds.</param>
internal sealed record OciHook(string Path, IReadOnlyList<string> Args, IReadOnlyList<string> Env, int Timeout);

/// <summary>What is Linux's.</summary>
internal sealed record OciLinux(string CgroupsPath, OciResources Resources, IReadOnlyList<OciNamespace> Namespaces)
{
    public required IReadOnlyList<string> MaskedPaths { get; init; }

    public required IReadOnlyList<string> ReadonlyPaths { get; init; }

    public required OciSeccomp Seccomp { get; init; }
}

/// <summary>Limits of a cgroup.</summary>
internal sealed record OciResources(OciMemory Memory, OciProcessors Cpu, OciProcesses Pids)
{
    /// <summary>None but those that every container has.</summary>
    public IReadOnlyList<OciDevice> Devices { get; } = [new(false, "rwm")];
}

/// <summary>Bytes; <c>Swap</c> is both together.</summary>
internal sealed record OciMemory(long Limit, long Swap);

/// <summary>Quota and period in microseconds.</summary>
internal sealed record OciProcessors(ulong Shares, long Quota, ulong Period);

/// <summary>Processes and threads.</summary>
internal sealed record OciProcesses(long Limit);

/// <summary>A rule on devices.</summary>
internal sealed record OciDevice(bool Allow, string Access);

/// <summary>A namespace of its own.</summary>
internal sealed record OciNamespace(string Type);

/// <summary>Which system calls are answered how.</summary>
internal sealed record OciSeccomp(string DefaultAction, IReadOnlyList<string> Architectures, IReadOnlyList<OciSystemCalls> Syscalls);

/// <summary>A rule.</summary>
internal sealed record OciSystemCalls(IReadOnlyList<string> Names, string Action, uint ErrnoRet, IReadOnlyList<OciArgument>? Args);

/// <summary>A condition on an argument.</summary>
internal sealed record OciArgument(uint Index, ulong Value, ulong ValueTwo, string Op);

/// <summary>Source-generated.</summary>
[JsonSerializable(typeof(OciContainer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class OciJson : JsonSerializerContext;
