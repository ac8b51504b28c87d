using System.Text;
using Microsoft.Extensions.Configuration;

namespace Esb.Agent.Settings;

/// <summary>Everything the agent is told from outside, read once at the start.</summary>
internal sealed record AgentSettings
{
    // sun_path of sockaddr_un on Linux, with its final NUL.
    private const int LongestSocketPath = 107;

    /// <summary>The Unix domain socket that the gateway calls, as a full path. It is also the agent's name as an owner of workers.</summary>
    public required string Socket { get; init; }

    /// <summary>Where runtime bootstraps are written.</summary>
    public required string StateFolder { get; init; }

    /// <summary>A cgroup in which the agent may make others; null: its own one, when it was handed over to it.</summary>
    public string? Cgroup { get; init; }

    /// <exception cref="SettingException">A value that is not allowed.</exception>
    public static AgentSettings Read(IConfiguration configuration)
    {
        var backend = configuration["AGENT_BACKEND"] is { Length: > 0 } named ? named : "process";
        if (backend != "process")
            throw new SettingException("AGENT_BACKEND", backend, "process (docker and containerd are not built yet)");
        var socket = Path.GetFullPath(SocketPath(configuration["AGENT_ADDRESS"] is { Length: > 0 } address ? address : "/run/esb/agent.sock"));
        return new AgentSettings
        {
            Socket = socket,
            StateFolder = Path.GetFullPath(configuration["AGENT_STATE_DIR"] is { Length: > 0 } folder ? folder : Path.GetDirectoryName(socket)!),
            Cgroup = configuration["AGENT_CGROUP"] is { Length: > 0 } cgroup ? CheckedCgroup(cgroup) : null,
        };
    }

    private static string SocketPath(string address)
    {
        if (address.Contains("://", StringComparison.Ordinal) || address.EndsWith('/'))
            throw new SettingException("AGENT_ADDRESS", address, "the path of a Unix domain socket, such as /run/esb/agent.sock");
        if (Encoding.UTF8.GetByteCount(Path.GetFullPath(address)) > LongestSocketPath)
            throw new SettingException("AGENT_ADDRESS", address, $"a path of at most {LongestSocketPath} bytes");
        return address;
    }

    private static string CheckedCgroup(string folder) =>
        File.Exists(Path.Combine(folder, "cgroup.procs"))
            ? Path.GetFullPath(folder)
            : throw new SettingException("AGENT_CGROUP", folder, "the folder of a cgroup, such as /sys/fs/cgroup/esb");
}
