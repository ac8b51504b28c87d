using System.Text.Json;
using System.Text.Json.Serialization;
using Esb.Cli.Bundles.Format;

namespace Esb.Cli.Bundles.Images;

/// <summary>
/// The index of each image's blobs: <c>manifest.json</c>, as <c>docker save</c> writes it and <c>docker load</c> reads
/// it. Source: moby, <c>image/tarexport</c>.
/// </summary>
internal static class ImageIndex
{
    /// <summary>Writes the index. The same images give the same bytes.</summary>
    /// <param name="images">Sorted by name.</param>
    /// <param name="below">The prefix of every path in a bundle, which is removed for the engine.</param>
    public static byte[] Write(IReadOnlyList<BundledImage> images, string below)
    {
        string Inside(string path) => path[below.Length..];
        IReadOnlyList<SavedImage> saved =
        [
            .. images.Select(i => new SavedImage(Inside(i.Config), [i.Name], [.. i.Layers.Select(Inside)])),
        ];
        return JsonSerializer.SerializeToUtf8Bytes(saved, ImageIndexJson.Default.IReadOnlyListSavedImage);
    }

    /// <summary>The images sorted by name; an image with several names occurs several times.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="entry">Maps a path of the document to the entry of the bundle.</param>
    /// <exception cref="BundleFault">The index cannot be read.</exception>
    public static IReadOnlyList<BundledImage> Read(ReadOnlyMemory<byte> bytes, Func<string, string> entry)
    {
        try
        {
            List<BundledImage> images = [];
            var saved = JsonSerializer.Deserialize(bytes.Span, ImageIndexJson.Default.IReadOnlyListSavedImage) ?? [];
            foreach (var (config, names, layers) in saved)
            {
                List<string> entries = [.. (layers ?? []).Select(entry)];
                images.AddRange((names ?? []).Select(name => new BundledImage(name, entry(config), entries)));
            }

            return [.. images.OrderBy(i => i.Name, StringComparer.Ordinal)];
        }
        catch (JsonException e)
        {
            throw new BundleFault($"its list of images cannot be read: {EntryPath.Printable(e.Message)}");
        }
    }
}

/// <summary>One image in Docker's format; names and layers are null when there are none.</summary>
internal sealed record SavedImage(string Config, IReadOnlyList<string>? RepoTags, IReadOnlyList<string>? Layers);

/// <summary>Source-generated, in Docker's spelling; an index comes from another machine and is read strictly.</summary>
[JsonSerializable(typeof(IReadOnlyList<SavedImage>))]
[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class ImageIndexJson : JsonSerializerContext;
