using Esb.Agent.Images;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Agent.Containerd;

/// <summary>The settings of the containerd backend.</summary>
/// <param name="Socket">
/// containerd's Unix domain socket. The network file and the workers' pipes are in the same folder, which agent and
/// containerd must both see at this path.
/// </param>
/// <param name="NetworkHook">The hook that attaches a worker to the network, as a path on containerd's machine.</param>
/// <param name="Registries">Where images are pulled from.</param>
internal sealed record ContainerdSettings(string Socket, string NetworkHook, RegistryAddresses Registries)
{
    /// <summary>
    /// The namespace, in containerd's sense: whatever is in another namespace does not belong to the agent.
    /// </summary>
    public const string Namespace = "esb";

    public const string Snapshotter = "overlayfs";

    private const string Mirrors = "REGISTRY_MIRRORS";

    public string Folder => Path.GetDirectoryName(Socket)!;

    public string NetworkFile => Path.Combine(Folder, "network");

    /// <exception cref="SettingException">A value that is not allowed.</exception>
    public static ContainerdSettings Read(IConfiguration configuration)
    {
        string Value(string name, string fallback) => configuration[name] is { Length: > 0 } value ? value : fallback;
        return new ContainerdSettings(
            FullPath("CONTAINERD_ADDRESS", Value("CONTAINERD_ADDRESS", "/run/esb-node/containerd.sock")),
            FullPath("CONTAINERD_NETWORK_HOOK", Value("CONTAINERD_NETWORK_HOOK", "/usr/local/lib/esb/worker-network")),
            RegistryAddresses.Parse(Mirrors, Value(Mirrors, "")));
    }

    private static string FullPath(string name, string value) =>
        Path.IsPathFullyQualified(value) && !value.EndsWith('/')
            ? Path.GetFullPath(value)
            : throw new SettingException(name, value, "a full path, such as /run/esb-node/containerd.sock");
}
