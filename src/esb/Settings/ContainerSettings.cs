using System.Net;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>Settings of the container modes.</summary>
internal sealed record ContainerSettings
{
    private const string DefaultRegistry = "127.0.0.1:5010";
    private const string DefaultLambdaBase = "public.ecr.aws/lambda";

    /// <summary>The registry of containerd mode: host:port, optionally with a path.</summary>
    public required string Registry { get; init; }

    /// <summary>The registry of AWS's base images, or a mirror with the same repositories.</summary>
    public required string LambdaBaseRegistry { get; init; }

    /// <summary>The network of RUN steps; null for the engine's default.</summary>
    public string? BuildNetwork { get; init; }

    /// <summary>The host by which this machine reaches the gateway.</summary>
    public required string GatewayHost { get; init; }

    /// <summary>Whether COMPOSE_FILE is set, so that Compose finds its files itself.</summary>
    public bool ComposeFilesAreSet { get; init; }

    /// <summary>The <c>.env</c> file, absolute; null if there is none.</summary>
    public string? EnvFilePath { get; init; }

    /// <exception cref="SettingException">A value is not allowed.</exception>
    public static ContainerSettings Read(SettingSources sources)
    {
        var address = sources.Or(SettingNames.GatewayAddress, "127.0.0.1");
        if (!IPAddress.TryParse(address.Trim('[', ']'), out var parsed))
            throw new SettingException(
                SettingNames.GatewayAddress, address, "an IP address of this machine, such as 127.0.0.1 or 0.0.0.0");
        var everywhere = parsed.Equals(IPAddress.Any) || parsed.Equals(IPAddress.IPv6Any);
        return new ContainerSettings
        {
            Registry = sources.Or(SettingNames.Registry, DefaultRegistry).TrimEnd('/'),
            LambdaBaseRegistry = sources.Or(SettingNames.LambdaBaseRegistry, DefaultLambdaBase).TrimEnd('/'),
            BuildNetwork = sources[SettingNames.BuildNetwork],
            GatewayHost = everywhere ? "127.0.0.1" : address,
            ComposeFilesAreSet = sources[SettingNames.ComposeFile] is not null,
            EnvFilePath = sources.FilePath,
        };
    }
}
