using System.Security.Cryptography;
using System.Text;
using Esb.Agent.Backends;
using Esb.Agent.Containers;

namespace Esb.Agent.Images;

/// <summary>An image for this machine.</summary>
/// <param name="Name">The name in containerd.</param>
/// <param name="Manifest">The descriptor of the manifest.</param>
/// <param name="Layers">Lowest first.</param>
/// <param name="ConfigurationPart">The descriptor of the configuration.</param>
/// <param name="Configuration">How the image is to be run.</param>
internal sealed record ContainerImage(
    string Name,
    Part Manifest,
    IReadOnlyList<Part> Layers,
    Part ConfigurationPart,
    ImageConfiguration Configuration)
{
    public ImageDefaults Defaults => Configuration.Config ?? new ImageDefaults(null, null, null, null, null);

    /// <summary>
    /// The names of the unpacked layers, each including all layers below it. Source: OCI, "Image Configuration", layer
    /// ChainID.
    /// </summary>
    public IReadOnlyList<string> Chain { get; } = ChainOf(Configuration.Rootfs?.DiffIds ?? []);

    /// <exception cref="CannotStartException">The image is for another architecture, or damaged.</exception>
    public static ContainerImage Of(string name, Part manifestPart, Manifest manifest, ImageConfiguration configuration)
    {
        ImageArchitecture.Check(name, configuration.Architecture ?? "");
        if (manifest is not { Config: { } part, Layers: { } layers }
            || layers.Count != configuration.Rootfs?.DiffIds?.Count
            || layers.Count == 0)
            throw new CannotStartException(
                $"the image {name} is damaged: its manifest and its configuration do not match");
        return new ContainerImage(name, manifestPart, layers, part, configuration);
    }

    /// <summary>Picks the manifest for this machine from an index.</summary>
    /// <exception cref="CannotStartException">The index has no manifest for this machine.</exception>
    public static Part Choose(string name, IReadOnlyList<Part> manifests)
    {
        if (manifests.FirstOrDefault(part => part.Platform is { Os: "linux" } platform
            && platform.Architecture == ImageArchitecture.OfThisMachine) is { } fitting)
            return fitting;
        var others = string.Join(", ", manifests.Select(part => part.Platform?.Architecture)
            .Where(architecture => architecture is not (null or "unknown")));
        ImageArchitecture.Check(name, others);
        return manifests.Count > 0
            ? manifests[0]
            : throw new CannotStartException($"the image {name} is an index without images");
    }

    private static List<string> ChainOf(IReadOnlyList<string> layers)
    {
        List<string> chain = [];
        foreach (var layer in layers)
            chain.Add(chain.Count == 0 ? layer : "sha256:"
                + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{chain[^1]} {layer}"))));
        return chain;
    }
}
