using System.Formats.Tar;
using System.Security.Cryptography;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Containers;
using Esb.Host.Files;

namespace Esb.Cli.Bundles.Images;

/// <summary>
/// Images that the engine saved, split into blobs that are named by their content. Shared blobs occur once, and the
/// same images give the same entries, regardless of the order and names that the engine chose.
/// </summary>
internal sealed class SavedImages(DockerEngine engine)
{
    private const string Index = "manifest.json";
    private const int MaxIndex = 16 << 20;

    /// <param name="names">The references of the images.</param>
    /// <param name="folder">A folder for the engine's file, which must exist until the items are written.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">The engine cannot save them.</exception>
    public async Task<IReadOnlyList<BundleItem>> SaveAsync(
        IReadOnlyList<string> names, string folder, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, "images.tar");
        var saved = await engine.RunAsync(["save", "--output", file, .. names], cancellationToken);
        if (!saved.Succeeded)
            throw CommandFailure.Environment(
                $"the engine cannot save {string.Join(", ", names)}: {saved.Reason}",
                "check that the folder of the bundle has room for all images, too");
        var content = await ReadAsync(file, cancellationToken);
        try
        {
            var index = content.Index ?? throw new BundleFault("it has no list of images");
            var images = ImageIndex.Read(index, content.EntryOf).Where(i => names.Contains(i.Name)).ToList();
            var blobs = images.SelectMany(i => i.Layers.Append(i.Config)).Distinct(StringComparer.Ordinal);
            return [
                BundleItem.OfBytes(EntryPath.ImageIndex, ImageIndex.Write(images, EntryPath.Images + "/")),
                .. blobs.Select(b => content.Item(file, b)),
            ];
        }
        catch (BundleFault fault)
        {
            throw CommandFailure.Environment(
                $"what the engine saved cannot be used: {fault.Message}",
                "docker save needs Docker Engine 20.10 or newer");
        }
    }

    private static async Task<Content> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var content = new Content();
        await using var stream = OrdinaryFile.Open(file);
        await using var tar = new TarReader(stream);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            // Engines before version 25 link to a layer that is already in the file.
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                content.Links[entry.Name] = entry.EntryType == TarEntryType.HardLink ? entry.LinkName : Resolved(entry);
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                continue;
            if (entry is { Name: Index, Length: <= MaxIndex, DataStream: { } index })
            {
                content.Index = new byte[entry.Length];
                await index.ReadExactlyAsync(content.Index, cancellationToken);
                continue;
            }

            var at = entry.DataOffset;
            var sum = entry.DataStream is null
                ? SHA256.HashData([])
                : await SHA256.HashDataAsync(entry.DataStream, cancellationToken);
            content.Blobs[entry.Name] = (Convert.ToHexStringLower(sum), at, entry.Length);
        }

        return content;
    }

    private static string Resolved(TarEntry link) =>
        Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(link.Name) ?? "", link.LinkName)).TrimStart('/');

    /// <summary>The blobs and links of the engine's file, with their offsets.</summary>
    private sealed class Content
    {
        public byte[]? Index { get; set; }

        public Dictionary<string, (string Sum, long At, long Size)> Blobs { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

        public string EntryOf(string name) => Blobs.TryGetValue(Links.GetValueOrDefault(name, name), out var blob)
            ? BundledImage.Blobs + blob.Sum
            : throw new BundleFault($"'{name}' is missing");

        public BundleItem Item(string file, string entry)
        {
            var (sum, at, size) = Blobs.Values.First(b => BundledImage.Blobs + b.Sum == entry);
            return new BundleItem(new BundleEntry(entry, size, sum), () =>
            {
                var stream = OrdinaryFile.Open(file);
                stream.Position = at;
                return stream;
            });
        }
    }
}
