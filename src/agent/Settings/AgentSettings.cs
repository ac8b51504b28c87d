using System.Globalization;
using System.Text;
using Esb.Agent.Containerd;
using Esb.Agent.Docker;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Agent.Settings;

/// <summary>All settings of the agent, read once at the start.</summary>
internal sealed record AgentSettings
{
    // sun_path of sockaddr_un on Linux has 108 bytes, the last of which is the final NUL.
    private const int LongestSocketPath = 107;

    /// <summary>The Unix domain socket that the gateway connects to, as a full path.</summary>
    public required string Socket { get; init; }

    /// <summary>The id of a group whose members may call the agent besides its own user; null for none.</summary>
    public uint? SocketGroup { get; init; }

    /// <summary>
    /// The agent's name as the owner of workers: the same after a restart, different for each agent of an engine.
    /// </summary>
    public required string Owner { get; init; }

    /// <summary>Where runtime bootstraps are written.</summary>
    public required string StateFolder { get; init; }

    /// <summary>
    /// A cgroup in which the agent may create others; null for its own cgroup, if that was delegated to it.
    /// </summary>
    public string? Cgroup { get; init; }

    /// <summary>
    /// Whether Python functions see all packages of the machine's interpreter, not only those that Lambda provides.
    /// </summary>
    public bool MachinePackages { get; init; }

    /// <summary>
    /// A folder <c>node_modules</c> with the AWS SDK, for Node.js functions that contain none; it need not exist.
    /// </summary>
    public required string NodeSdk { get; init; }

    /// <summary>Null when workers are not Docker containers.</summary>
    public DockerSettings? Docker { get; init; }

    /// <summary>Null when workers are not containerd containers.</summary>
    public ContainerdSettings? Containerd { get; init; }

    /// <exception cref="SettingException">A value that is not allowed.</exception>
    public static AgentSettings Read(IConfiguration configuration)
    {
        string Value(string name, string fallback) => configuration[name] is { Length: > 0 } value ? value : fallback;
        var backend = Value("AGENT_BACKEND", "process");
        if (backend is not ("process" or "docker" or "containerd"))
            throw new SettingException("AGENT_BACKEND", backend, "process, docker or containerd");
        var packages = Value("PYTHON_PACKAGES", "lambda");
        if (packages is not ("lambda" or "machine"))
            throw new SettingException(
                "PYTHON_PACKAGES", packages, "lambda (the packages of Lambda) or machine (all installed packages)");
        var socket = Path.GetFullPath(SocketPath(Value("AGENT_ADDRESS", "/run/esb/agent.sock")));
        var docker = backend == "docker" ? DockerSettings.Read(configuration) : null;
        return new AgentSettings
        {
            Socket = socket,
            SocketGroup = configuration["AGENT_SOCKET_GROUP"] is { Length: > 0 } group ? CheckedGroup(group) : null,
            // The path alone does not suffice: it is the same in the containers of all platforms on one machine, but
            // their networks differ.
            Owner = Value("AGENT_OWNER", docker is null ? socket : $"{docker.Network}:{socket}"),
            StateFolder = Path.GetFullPath(Value("AGENT_STATE_DIR", Path.GetDirectoryName(socket)!)),
            Cgroup = configuration["AGENT_CGROUP"] is { Length: > 0 } cgroup ? CheckedCgroup(cgroup) : null,
            NodeSdk = Path.GetFullPath(Value(
                "NODE_SDK_DIR", Path.Combine(AppContext.BaseDirectory, "..", "lib", "esb", "node-sdk"))),
            MachinePackages = packages == "machine",
            Docker = docker,
            Containerd = backend == "containerd" ? ContainerdSettings.Read(configuration) : null,
        };
    }

    private static string SocketPath(string address)
    {
        if (address.Contains("://", StringComparison.Ordinal) || address.EndsWith('/'))
            throw new SettingException(
                "AGENT_ADDRESS", address, "the path of a Unix domain socket, such as /run/esb/agent.sock");
        if (Encoding.UTF8.GetByteCount(Path.GetFullPath(address)) > LongestSocketPath)
            throw new SettingException("AGENT_ADDRESS", address, $"a path of at most {LongestSocketPath} bytes");
        return address;
    }

    private static uint CheckedGroup(string group) =>
        uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new SettingException("AGENT_SOCKET_GROUP", group, "the number of a group, such as 65532");

    private static string CheckedCgroup(string folder) =>
        File.Exists(Path.Combine(folder, "cgroup.procs"))
            ? Path.GetFullPath(folder)
            : throw new SettingException("AGENT_CGROUP", folder, "the folder of a cgroup, such as /sys/fs/cgroup/esb");
}
