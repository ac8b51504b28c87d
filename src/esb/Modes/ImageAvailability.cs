using Esb.Cli.Containers;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Gateway;
using Esb.Cli.Settings;
using Esb.Schema.Files;
using Esb.Schema.Functions;

namespace Esb.Cli.Modes;

/// <summary>Images of the container modes, in the engine or in the registry from which the platform pulls.</summary>
internal sealed class ImageAvailability : ICodeAvailability
{
    private readonly PlatformSettings _settings;
    private readonly DockerEngine _engine = new();

    /// <exception cref="CommandFailure">The platform's Compose file is missing.</exception>
    public ImageAvailability(PlatformSettings settings)
    {
        _settings = settings;
        Target = ContainerTarget.Of(settings, settings.Mode, _engine);
    }

    public DeployTarget Target { get; }

    public async Task<IReadOnlyList<UnusableCode>> FindUnusableAsync(
        IReadOnlyDictionary<string, FunctionDefinition> functions, bool lookOnly, CancellationToken cancellationToken)
    {
        await _engine.RequireAsync(cancellationToken);
        using var http = LocalHttp.Create();
        using var gateway = _settings.Mode == PlatformMode.Containerd
            ? GatewayConnection.OfContainers(_settings, _settings.Mode)
            : null;
        var registry = gateway is null ? null : new ImageRegistry(http, _engine);
        var platform = gateway is null
            ? null
            : RunningPlatform.Of(gateway, Path.Combine(Target.Folder, ConfigurationFiles.Functions));
        List<UnusableCode> missing = [];
        foreach (var function in functions.Values.Where(f => f.Image is not null))
        {
            var reason = registry is null
                ? await LocalAsync(function.Image!, lookOnly, cancellationToken)
                : await PulledAsync(registry, lookOnly ? null : platform, function.Image!, cancellationToken);
            if (reason is not null)
                missing.Add(new UnusableCode(function.Name, $"its image {function.Image} is gone: {reason}"));
        }

        return missing;
    }

    private async Task<bool> IsLocalAsync(string image, CancellationToken cancellationToken) =>
        (await _engine.RunAsync(["image", "inspect", "--format", "{{.Id}}", image], cancellationToken)).Succeeded;

    private async Task<string?> LocalAsync(string image, bool lookOnly, CancellationToken cancellationToken)
    {
        if (await IsLocalAsync(image, cancellationToken))
            return null;
        if (ImageReference.IsOurs(null, image))
            return "the engine does not have it";
        if (lookOnly)
            return null;
        var pulled = await _engine.RunAsync(["pull", "--quiet", image], cancellationToken);
        return pulled.Succeeded ? null : pulled.Reason;
    }

    // Without a platform nothing is pushed or fetched.
    private async Task<string?> PulledAsync(
        ImageRegistry registry, RunningPlatform? platform, string image, CancellationToken cancellationToken)
    {
        if (ImageReference.IsOurs(_settings.Containers.Registry, image)
            && !await registry.HasAsync(image, cancellationToken))
        {
            if (!await IsLocalAsync(image, cancellationToken))
                return "neither its registry nor the engine has it";
            if (platform is not null && await registry.PushAsync(image, cancellationToken) is { } reason)
                return reason;
        }

        return platform is null ? null : await platform.FetchAsync(image, _ => { }, cancellationToken);
    }
}
