using Esb.Agent.Images;
using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Agent.Containerd;

/// <summary>What the containerd backend is told from outside.</summary>
/// <param name="Socket">
/// containerd's Unix domain socket. Beside it, in a folder that agent and containerd both see at this path, are the network file and the
/// workers' pipes.
/// </param>
/// <param name="NetworkHook">What attaches a worker to the network, as containerd's machine sees its path.</param>
/// <param name="Registries">Where images come from.</param>
internal sealed record ContainerdSettings(string Socket, string NetworkHook, RegistryAddresses Registries)
{
    /// <summary>containerd's own word: what is in another namespace is not ours.</summary>
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
