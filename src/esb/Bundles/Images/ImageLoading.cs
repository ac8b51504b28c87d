using CliWrap;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Containers;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Bundles.Images;

/// <summary>Loads images of a bundle into the engine, streaming them while the bundle is being read.</summary>
internal sealed class ImageLoading(BundleFile bundle, StateFolder state, DockerEngine engine)
{
    /// <summary>All images of the bundle.</summary>
    /// <exception cref="CommandFailure">The bundle's list of images does not match its entries.</exception>
    public IReadOnlyList<BundledImage> Images()
    {
        if (bundle.Document(EntryPath.ImageIndex) is not { } index)
            return [];
        var known = bundle.Manifest.Entries.Where(e => e.Path.StartsWith(BundledImage.Blobs, StringComparison.Ordinal))
            .Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        try
        {
            return ImageIndex.Read(index, name => known.TryGetValue($"{EntryPath.Images}/{name}", out var entry)
                ? entry
                : throw new BundleFault($"its image blob '{EntryPath.Printable(name)}' is missing"));
        }
        catch (BundleFault fault)
        {
            throw BundleFile.Failure(bundle.Path, fault);
        }
    }

    /// <param name="wanted">Selects the images to load.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The number of loaded images.</returns>
    /// <exception cref="CommandFailure">The engine cannot load them.</exception>
    public async Task<int> LoadAsync(
        Func<BundledImage, bool> wanted, ByteProgress progress, CancellationToken cancellationToken)
    {
        var images = Images().Where(wanted).ToList();
        if (images.Count == 0)
            return 0;
        // Recorded before the images are loaded, so that the engine never has an unrecorded one.
        var there = await LocalImages.ListAsync(engine, cancellationToken);
        foreach (var image in images.Where(i => !there.ContainsKey(i.Name)))
            KnownConfigurations.AddImage(state, image.Name);
        CommandFailure? fault = null;
        // Runs on another thread, since docker's output is read at the same time.
        var input = PipeSource.Create((stream, token) => Task.Run(
            () =>
            {
                try
                {
                    Write(stream, images, progress, token);
                }
                catch (CommandFailure e)
                {
                    fault = e; // The engine's own error is a consequence of this one.
                }
            },
            token));
        var loaded = await engine.RunAsync(new DockerCall(["load", "--quiet"]) { Input = input }, cancellationToken);
        if (fault is not null)
            throw fault;
        return loaded.Succeeded
            ? images.Count
            : throw CommandFailure.Environment(
                $"the engine cannot load the images of {bundle.Path}; the configuration was not changed: "
                    + $"{loaded.Reason}", "check that its disk has room (docker system df)");
    }

    private void Write(
        Stream output, List<BundledImage> images, ByteProgress progress, CancellationToken cancellationToken)
    {
        const string Below = EntryPath.Images + "/";
        var blobs = images.SelectMany(i => i.Layers.Append(i.Config)).ToHashSet(StringComparer.Ordinal);
        var index = ImageIndex.Write(images, Below);
        Begin(output, new BundleEntry("manifest.json", index.Length, ""));
        output.Write(index);
        output.Write(new byte[TarBlocks.Padding(index.Length)]);
        bundle.ReadAll(
            entry =>
            {
                if (!blobs.Contains(entry.Path))
                    return null;
                Begin(output, entry with { Path = entry.Path[Below.Length..] });
                return new PaddedStream(output, entry.Size);
            },
            progress,
            cancellationToken);
        output.Write(new byte[TarHeader.EndLength]);
    }

    private static void Begin(Stream output, BundleEntry entry) => output.Write(TarHeader.Of(entry));
}
