using System.Globalization;
using System.Text.Json;
using Esb.Agent.Backends;
using Esb.Agent.Images;
using Esb.ContainerdApi;
using Grpc.Core;

namespace Esb.Agent.Containerd;

/// <summary>
/// Registry → content store → unpacked snapshots → an image that <c>ctr</c> lists too. containerd's own transfer service does the same
/// from version 1.7 on, but Debian 12 has 1.6 (decision 28).
/// </summary>
internal sealed class ImagePull(ContainerdClient containerd, RegistryClient registry)
{
    private static readonly TimeSpan LongestPull = TimeSpan.FromHours(1);

    /// <exception cref="CannotStartException">The registry does not have it or does not answer, or it is for other machines.</exception>
    /// <exception cref="RpcException">containerd cannot take it.</exception>
    public async Task<ContainerImage> RunAsync(ImageReference reference)
    {
        var (image, manifest, configuration) = await DescribeAsync(reference);
        var pull = $"esb-pull-{Guid.NewGuid():N}";
        var lease = new CreateRequest { Id = pull };
        // Should the agent die in between, containerd tidies up after it.
        lease.Labels["containerd.io/gc.expire"] = (DateTime.UtcNow + LongestPull).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        await containerd.Calls.Leases.CreateAsync(lease);
        try
        {
            var calls = containerd.Leased(pull);
            var content = new ContentWriter(calls, pull);
            for (var layer = 0; layer < image.Layers.Count; layer++)
                await UnpackAsync(calls, content, reference, image, layer);
            await content.WriteAsync(image.ConfigurationPart, configuration, new Dictionary<string, string> { [$"containerd.io/gc.ref.snapshot.{ContainerdSettings.Snapshotter}"] = image.Chain[^1] });
            await content.WriteAsync(image.Manifest, manifest, References(image));
            await NameAsync(calls, image);
        }
        finally
        {
            await containerd.Calls.Leases.DeleteAsync(new DeleteRequest { Id = pull });
        }

        return image;
    }

    private async Task<(ContainerImage Image, byte[] Manifest, byte[] Configuration)> DescribeAsync(ImageReference reference)
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
                throw new CannotStartException($"{name} is no image: its manifest names no configuration");
            var configurationBytes = await registry.DocumentAsync(reference, configurationPart.Digest);
            var configuration = JsonSerializer.Deserialize(configurationBytes, ImageJson.Default.ImageConfiguration)!;
            return (ContainerImage.Of(name, part, manifest, configuration), bytes, configurationBytes);
        }
        catch (JsonException e)
        {
            throw new CannotStartException($"{name} is no image: {e.Message}");
        }
    }

    private async Task UnpackAsync(ContainerdCalls calls, ContentWriter content, ImageReference reference, ContainerImage image, int layer)
    {
        var name = image.Chain[layer];
        if (await containerd.DoesKnowAsync(async () => await calls.Snapshots.StatAsync(new StatSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = name })))
            return;
        var part = image.Layers[layer];
        using (var blob = await registry.BlobAsync(reference, part.Digest))
        await using (var bytes = await blob.Content.ReadAsStreamAsync())
            await content.WriteAsync(part, bytes);
        var key = $"esb-unpack-{Guid.NewGuid():N}";
        var prepared = await calls.Snapshots.PrepareAsync(new PrepareSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = key, Parent = layer == 0 ? "" : image.Chain[layer - 1] });
        var apply = new ApplyRequest { Diff = Describe(part) };
        apply.Mounts.AddRange(prepared.Mounts);
        await calls.Diff.ApplyAsync(apply);
        try
        {
            await calls.Snapshots.CommitAsync(new CommitSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Name = name, Key = key });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Another pull was faster; both have the same.
            await calls.Snapshots.RemoveAsync(new RemoveSnapshotRequest { Snapshotter = ContainerdSettings.Snapshotter, Key = key });
        }
    }

    private static async Task NameAsync(ContainerdCalls calls, ContainerImage image)
    {
        try
        {
            await calls.Images.CreateAsync(new CreateImageRequest { Image = new Image { Name = image.Name, Target = Describe(image.Manifest) } });
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.AlreadyExists)
        {
            // Pulled before, by us or by hand.
        }
    }

    // What keeps the parts for as long as the image is there.
    private static Dictionary<string, string> References(ContainerImage image)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["containerd.io/gc.ref.content.config"] = image.ConfigurationPart.Digest };
        for (var layer = 0; layer < image.Layers.Count; layer++)
            labels[string.Create(CultureInfo.InvariantCulture, $"containerd.io/gc.ref.content.l.{layer}")] = image.Layers[layer].Digest;
        return labels;
    }

    private static ContentDescriptor Describe(Part part) => new() { MediaType = part.MediaType ?? "", Digest = part.Digest, Size = part.Size };
}
