using Esb.Cli.Bundles.Format;
using Esb.Cli.Bundles.Images;
using Esb.Cli.Compose;
using Esb.Cli.Containers;
using Esb.Cli.Deploying;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Settings;
using Esb.Host.Files;

namespace Esb.Cli.Bundles;

/// <summary>Turns a built configuration into the entries of a bundle.</summary>
/// <param name="request">The requested content.</param>
/// <param name="settings">The folders of staged code, and the platform whose images are included.</param>
internal sealed class BundleContents(BundleRequest request, PlatformSettings settings)
{
    /// <summary>
    /// The entries in process mode: the documents with paths inside the bundle, the templates, and the folders of code.
    /// </summary>
    /// <param name="incoming">The built configuration.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">Something cannot be bundled.</exception>
    public IReadOnlyList<BundleItem> Process(IncomingConfiguration incoming, CancellationToken cancellationToken)
    {
        var folders = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var functions = FunctionPlaces.Replace(
            incoming.Functions,
            folder =>
            {
                var name = NameOf(folder);
                folders[name] = folder;
                return name;
            },
            image => image);
        List<BundleItem> items = [.. BundleDocuments.Items(incoming with { Functions = functions }), .. Templates()];
        foreach (var (name, folder) in folders)
        {
            var before = items.Count;
            items.AddRange(CodeFolder.Items(folder, name, cancellationToken));
            if (items.Count == before)
                throw CommandFailure.Environment(
                    $"there is no file in '{folder}', so it cannot be bundled",
                    "a layer without content can be left out of the template");
        }

        return items;
    }

    /// <summary>
    /// The entries in the container modes: the documents, the templates, and the images of the functions and of the
    /// platform.
    /// </summary>
    /// <param name="incoming">The built configuration.</param>
    /// <param name="engine">The engine that has the images.</param>
    /// <param name="folder">A folder for the engine's files, which must exist until the bundle is written.</param>
    /// <param name="onStep">Receives each step, for the progress line.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">An image is missing or cannot be saved.</exception>
    public async Task<IReadOnlyList<BundleItem>> ContainersAsync(
        IncomingConfiguration incoming,
        DockerEngine engine,
        string folder,
        Action<string> onStep,
        CancellationToken cancellationToken)
    {
        var names = FunctionPlaces.Of(incoming.Functions)
            .Select(f => FunctionPlaces.ImageOf(f.Function)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (request.WithPlatform)
            names.UnionWith(await PlatformImages.RequireAsync(
                engine, ComposeProject.Of(settings, request.Deploy.Mode), cancellationToken));
        List<BundleItem> items = [.. BundleDocuments.Items(incoming), .. Templates()];
        if (names.Count == 0)
            return items;
        onStep(names.Count == 1 ? "saving 1 image" : $"saving {names.Count:N0} images");
        items.AddRange(await new SavedImages(engine)
            .SaveAsync([.. names.Order(StringComparer.Ordinal)], folder, cancellationToken));
        return items;
    }

    /// <summary>The manifest of the items.</summary>
    public BundleManifest Manifest(IReadOnlyList<BundleItem> items, string architecture)
    {
        var index = items.FirstOrDefault(i => i.Entry.Path == EntryPath.ImageIndex);
        return new BundleManifest
        {
            Esb = request.Esb,
            Mode = request.Deploy.Mode,
            Architecture = architecture,
            Environment = request.Deploy.Environment,
            IsForAnyEnvironment = settings.Environment is null,
            Templates = [.. request.Deploy.Templates.Select(t => Path.GetFileName(t))],
            Images = index is null ? [] : ImageNames(index),
            Entries = [.. items.Select(i => i.Entry)],
        };
    }

    private static List<string> ImageNames(BundleItem index)
    {
        using var content = new MemoryStream();
        using (var source = index.Open())
            source.CopyTo(content);
        return [.. ImageIndex.Read(content.ToArray(), name => BundledImage.Blobs + name).Select(i => i.Name)];
    }

    // The templates are for people who want to see the source; a deploy does not read them.
    private IEnumerable<BundleItem> Templates() =>
        request.Deploy.Templates.Select((t, i) => BundleItem.OfBytes(
            $"{EntryPath.Templates}/{i + 1}/{Path.GetFileName(t)}", OrdinaryFile.ReadAll(t)));

    private string NameOf(string folder)
    {
        var code = Path.Combine(settings.State.Code, request.Deploy.Environment) + "/";
        return folder.StartsWith(code, StringComparison.Ordinal)
            ? $"{EntryPath.Code}/{folder[code.Length..]}"
            : $"{EntryPath.Layers}/{Path.GetRelativePath(settings.State.Layers, folder)}";
    }
}
