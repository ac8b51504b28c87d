using System.Collections.Concurrent;
using System.Text.Json;
using Esb.Agent.Backends;
using Esb.Agent.Images;
using Esb.ContainerdApi;
using Grpc.Core;

namespace Esb.Agent.Containerd;

/// <summary>Makes sure that containerd has an unpacked image that this machine can run.</summary>
internal sealed class ImageStore(ContainerdClient containerd, RegistryClient registry)
{
    private readonly ImagePull _pull = new(containerd, registry);
    private readonly ConcurrentDictionary<string, ContainerImage> _known = new(StringComparer.Ordinal);
    private readonly SingleFlight<ContainerImage> _pulls = new();

    /// <exception cref="CannotStartException">The image cannot be obtained, or is for another architecture.</exception>
    public async Task<ContainerImage> EnsureAsync(string image)
    {
        var reference = ImageReference.Parse(image);
        if (await FindAsync(reference.ToString()) is { } found)
            return found;
        return reference.NamesRegistry
            ? await PullAsync(reference)
            : throw new CannotStartException(ImageReference.Missing(image));
    }

    // Workers of one image that start at the same time wait for a single pull.
    private async Task<ContainerImage> PullAsync(ImageReference reference)
    {
        var image = await _pulls.RunAsync(reference.ToString(), () => _pull.RunAsync(reference));
        _known[image.Manifest.Digest] = image;
        return image;
    }

    // Null when the image is not present or not unpacked.
    private async Task<ContainerImage?> FindAsync(string name)
    {
        try
        {
            var target = (await containerd.Calls.Images.GetAsync(new GetImageRequest { Name = name })).Image.Target;
            var image = _known.GetValueOrDefault(target.Digest) ?? await DescribeAsync(name, target.Digest);
            await containerd.Calls.Snapshots.StatAsync(
                new StatSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = image.Chain[^1] });
            _known[target.Digest] = image;
            return image;
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<ContainerImage> DescribeAsync(string name, string digest)
    {
        var bytes = await ReadAsync(digest);
        var manifest = JsonSerializer.Deserialize(bytes, ImageJson.Default.Manifest);
        if (manifest?.Manifests is { } list)
        {
            // The image was pulled by hand, for several architectures.
            bytes = await ReadAsync(digest = ContainerImage.Choose(name, list).Digest);
            manifest = JsonSerializer.Deserialize(bytes, ImageJson.Default.Manifest);
        }

        var configuration = JsonSerializer.Deserialize(
            await ReadAsync(manifest?.Config?.Digest ?? ""), ImageJson.Default.ImageConfiguration);
        return ContainerImage.Of(
            name, new Part(manifest?.MediaType, digest, bytes.Length, null), manifest!, configuration!);
    }

    private async Task<byte[]> ReadAsync(string digest)
    {
        using var call = containerd.Calls.Content.Read(new ReadContentRequest { Digest = digest });
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }
}
