using Esb.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace Esb.Agent.Docker;

/// <summary>The settings of the docker backend.</summary>
/// <param name="Socket">The engine's Unix domain socket.</param>
/// <param name="Network">The engine's network that workers are attached to.</param>
internal sealed record DockerSettings(string Socket, string Network)
{
    private const string Scheme = "unix://";

    /// <exception cref="SettingException">A value that is not allowed.</exception>
    public static DockerSettings Read(IConfiguration configuration)
    {
        var host = configuration["DOCKER_HOST"] is { Length: > 0 } named ? named : "unix:///var/run/docker.sock";
        if (!host.StartsWith(Scheme + "/", StringComparison.Ordinal))
            throw new SettingException(
                "DOCKER_HOST",
                host,
                "unix:// and the path of the engine's socket, such as unix:///var/run/docker.sock");
        return new DockerSettings(
            host[Scheme.Length..],
            configuration["AGENT_WORKER_NETWORK"] is { Length: > 0 } network ? network : "esb-workers");
    }
}
