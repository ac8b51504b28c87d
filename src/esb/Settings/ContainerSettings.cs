using System.Net;
using Esb.Host.Settings;

namespace Esb.Cli.Settings;

/// <summary>What the modes are told in which functions are containers.</summary>
internal sealed record ContainerSettings
{
    private const string UsualRegistry = "127.0.0.1:5010";
    private const string UsualLambdaBase = "public.ecr.aws/lambda";

    /// <summary>Where images are pushed in containerd mode: host:port, perhaps with a path.</summary>
    public required string Registry { get; init; }

    /// <summary>Where AWS's base images come from: AWS, or a mirror with the same repositories.</summary>
    public required string LambdaBaseRegistry { get; init; }

    /// <summary>The network of RUN steps; null for the engine's usual one.</summary>
    public string? BuildNetwork { get; init; }

    /// <summary>Where this machine reaches the gateway.</summary>
    public required string GatewayHost { get; init; }

    /// <summary>COMPOSE_FILE is set, so that Compose finds its files itself.</summary>
    public bool ComposeFilesAreSet { get; init; }

    /// <summary>The <c>.env</c> file, absolute; null when there is none.</summary>
    public string? EnvFilePath { get; init; }

    /// <exception cref="SettingException">A value that is not allowed.</exception>
    public static ContainerSettings Read(SettingSources sources)
    {
        var address = sources.Or(SettingNames.GatewayAddress, "127.0.0.1");
        if (!IPAddress.TryParse(address.Trim('[', ']'), out var parsed))
            throw new SettingException(
                SettingNames.GatewayAddress, address, "an IP address of this machine, such as 127.0.0.1 or 0.0.0.0");
        var everywhere = parsed.Equals(IPAddress.Any) || parsed.Equals(IPAddress.IPv6Any);
        return new ContainerSettings
        {
            Registry = sources.Or(SettingNames.Registry, UsualRegistry).TrimEnd('/'),
            LambdaBaseRegistry = sources.Or(SettingNames.LambdaBaseRegistry, UsualLambdaBase).TrimEnd('/'),
            BuildNetwork = sources[SettingNames.BuildNetwork],
            GatewayHost = everywhere ? "127.0.0.1" : address,
            ComposeFilesAreSet = sources[SettingNames.ComposeFile] is not null,
            EnvFilePath = sources.FilePath,
        };
    }
}
