using System.Globalization;
using System.Text.Json;
using Esb.Agent.Backends;
using Esb.Agent.Images;
using Esb.ContainerdApi;
using Grpc.Core;

namespace Esb.Agent.Containerd;

/// <summary>
/// Pulls an image: registry → content store → unpacked snapshots → an image that <c>ctr</c> lists too.
/// containerd's own transfer service does the same from version 1.7 on, but Debian 12 has 1.6 (decision 28).
/// </summary>
internal sealed class ImagePull(ContainerdClient containerd, RegistryClient registry)
{
    // This is Docker's default too.
    private const int LayersAtOnce = 3;

    private static readonly TimeSpan LongestPull = TimeSpan.FromHours(1);

    // Images of one runtime share most of their layers and are often pulled together.
    private readonly SingleFlight<bool> _layers = new();

    /// <exception cref="CannotStartException">
    /// The registry does not have the image or does not answer, or the image is for another architecture.
    /// </exception>
    /// <exception cref="RpcException">containerd cannot store the image.</exception>
    public async Task<ContainerImage> RunAsync(ImageReference reference)
    {
        var (image, manifest, configuration) = await DescribeAsync(reference);
        var pull = $"esb-pull-{Guid.NewGuid():N}";
        var lease = new CreateRequest { Id = pull };
        // If the agent dies in between, containerd's garbage collector removes the parts.
        lease.Labels["containerd.io/gc.expire"] = (DateTime.UtcNow + LongestPull)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await containerd.Calls.Leases.CreateAsync(lease);
        try
        {
            var calls = containerd.Leased(pull);
            var content = new ContentWriter(calls, pull);
            await UnpackAsync(calls, content, reference, image);
            await content.WriteAsync(image.ConfigurationPart, configuration, new Dictionary<string, string>
            {
                [$"containerd.io/gc.ref.snapshot.{ContainerdSettings.Snapshotter}"] = image.Chain[^1],
            });
            await content.WriteAsync(image.Manifest, manifest, References(image));
            await NameAsync(calls, image);
        }
        finally
        {
            await containerd.Calls.Leases.DeleteAsync(new DeleteRequest { Id = pull });
        }

        return image;
    }

    private async Task<(ContainerImage Image, byte[] Manifest, byte[] Configuration)> DescribeAsync(
        ImageReference reference)
    {
        var name = reference.ToString();
        try
        {
            var (bytes, part) = await registry.ManifestAsync(reference, reference.Version);
            var manifest = JsonSerializer.Deserialize(bytes, ImageJson.Default.Manifest);
            if (manifest?.Manifests is { } list)
            {
                (bytes, part) = await registry.ManifestAsync(reference, ContainerImage.Choose(name, list).Digest);
                manifest = JsonSerializer.Deserialize(bytes, ImageJson.Default.Manifest);
            }

            if (manifest?.Config is not { } configurationPart)
                throw new CannotStartException($"{name} is not an image: its manifest names no configuration");
            var configurationBytes = await registry.DocumentAsync(reference, configurationPart.Digest);
            var configuration = JsonSerializer.Deserialize(configurationBytes, ImageJson.Default.ImageConfiguration)!;
            return (ContainerImage.Of(name, part, manifest, configuration), bytes, configurationBytes);
        }
        catch (JsonException e)
        {
            throw new CannotStartException($"{name} is not an image: {e.Message}");
        }
    }

    // Layers are downloaded in parallel. Each is unpacked once the one below it is.
    private async Task UnpackAsync(
        ContainerdCalls calls,
        ContentWriter content,
        ImageReference reference,
        ContainerImage image)
    {
        using var atOnce = new SemaphoreSlim(LayersAtOnce);
        Task below = Task.CompletedTask;
        List<Task> layers = [];
        for (var layer = await FirstMissingAsync(calls, image); layer < image.Layers.Count; layer++)
        {
            var (own, parent) = (layer, below);
            below = _layers.RunAsync(image.Chain[own], async () =>
            {
                await FetchAsync(content, reference, image.Layers[own], atOnce);
                await parent;
                await UnpackAsync(calls, image, own);
                return true;
            });
            layers.Add(below);
        }

        // Waits for all layers: the lease must not be released while one is still being written.
        await Task.WhenAll(layers);
    }

    private async Task<int> FirstMissingAsync(ContainerdCalls calls, ContainerImage image)
    {
        var layer = image.Layers.Count;
        while (layer > 0 && !await containerd.TryCallAsync(async () => await calls.Snapshots.StatAsync(
            new StatSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = image.Chain[layer - 1] })))
            layer--;
        return layer;
    }

    private async Task FetchAsync(ContentWriter content, ImageReference reference, Part part, SemaphoreSlim atOnce)
    {
        await atOnce.WaitAsync();
        try
        {
            using var blob = await registry.BlobAsync(reference, part.Digest);
            await using var bytes = await blob.Content.ReadAsStreamAsync();
            await content.WriteAsync(part, bytes);
        }
        finally
        {
            atOnce.Release();
        }
    }

    private static async Task UnpackAsync(ContainerdCalls calls, ContainerImage image, int layer)
    {
        var key = $"esb-unpack-{Guid.NewGuid():N}";
        var prepared = await calls.Snapshots.PrepareAsync(new PrepareSnapshotRequest
        {
            Snapshotter = ContainerdSettings.Snapshotter,
            Key = key,
            Parent = layer == 0 ? "" : image.Chain[layer - 1],
        });
        var apply = new ApplyRequest { Diff = Describe(image.Layers[layer]) };
        apply.Mounts.AddRange(prepared.Mounts);
        await calls.Diff.ApplyAsync(apply);
        try
        {
            await calls.Snapshots.CommitAsync(new CommitSnapshotRequest
            {
                Snapshotter = ContainerdSettings.Snapshotter,
                Name = image.Chain[layer],
                Key = key,
            });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Another pull was faster; the result is the same.
            await calls.Snapshots.RemoveAsync(
                new RemoveSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = key });
        }
    }

    private static async Task NameAsync(ContainerdCalls calls, ContainerImage image)
    {
        try
        {
            await calls.Images.CreateAsync(
                new CreateImageRequest { Image = new Image { Name = image.Name, Target = Describe(image.Manifest) } });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // The image was pulled before, by the agent or by hand.
        }
    }

    // The labels by which the image keeps its parts from garbage collection.
    private static Dictionary<string, string> References(ContainerImage image)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["containerd.io/gc.ref.content.config"] = image.ConfigurationPart.Digest,
        };
        for (var layer = 0; layer < image.Layers.Count; layer++)
            labels[string.Create(CultureInfo.InvariantCulture, $"containerd.io/gc.ref.content.l.{layer}")] =
                image.Layers[layer].Digest;
        return labels;
    }

    private static ContentDescriptor Describe(Part part) =>
        new() { MediaType = part.MediaType ?? "", Digest = part.Digest, Size = part.Size };
}
