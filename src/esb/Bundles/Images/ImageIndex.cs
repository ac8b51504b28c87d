using System.Text.Json;
using Esb.Cli.Bundles.Format;

namespace Esb.Cli.Bundles.Images;

/// <summary>
/// Which blobs are which image: <c>manifest.json</c> as <c>docker save</c> writes and <c>docker load</c> reads it. Source: moby,
/// <c>image/tarexport</c>.
/// </summary>
internal static class ImageIndex
{
    /// <summary>The same images give the same bytes.</summary>
    /// <param name="images">Sorted by name.</param>
    /// <param name="below">What every entry's path begins with in a bundle, and not in what an engine reads.</param>
    public static byte[] Write(IReadOnlyList<BundledImage> images, string below)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var image in images)
            {
                json.WriteStartObject();
                json.WriteString("Config", image.Config[below.Length..]);
                json.WriteStartArray("RepoTags");
                json.WriteStringValue(image.Name);
                json.WriteEndArray();
                json.WriteStartArray("Layers");
                foreach (var layer in image.Layers)
                    json.WriteStringValue(layer[below.Length..]);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    /// <summary>Images by their names; an image of several names is several.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="entry">Takes a path as the document has it, gives the entry of the bundle.</param>
    /// <exception cref="BundleFault">It is no such document.</exception>
    public static IReadOnlyList<BundledImage> Read(ReadOnlyMemory<byte> bytes, Func<string, string> entry)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            List<BundledImage> images = [];
            foreach (var image in document.RootElement.EnumerateArray())
            {
                var config = entry(image.GetProperty("Config").GetString() ?? "");
                List<string> layers = [.. Texts(image, "Layers").Select(entry)];
                images.AddRange(Texts(image, "RepoTags").Select(name => new BundledImage(name, config, layers)));
            }

            return [.. images.OrderBy(i => i.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new BundleFault($"its list of images cannot be read: {EntryPath.Printable(e.Message)}");
        }
    }

    private static List<string> Texts(JsonElement image, string name) =>
        image.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(t => t.GetString() ?? "")] : [];
}
