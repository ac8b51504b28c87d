using System.IO.Compression;
using System.Text;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Settings;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Tests.Bundles;

/// <summary>Bundles as esb writes them, and as others could have written them.</summary>
internal static class BundleBytes
{
    public static BundleManifest Manifest(IEnumerable<BundleItem> items) => new()
    {
        Esb = "1.2.3",
        Mode = PlatformMode.Process,
        Architecture = BundleManifest.ThisArchitecture,
        Environment = "prod",
        Templates = ["template.yaml"],
        Entries = [.. items.Select(i => i.Entry)],
    };

    /// <summary>The three documents that each bundle has.</summary>
    public static IReadOnlyList<BundleItem> Documents { get; } =
    [
        BundleItem.OfBytes(EntryPath.Functions, "functions: {}\n"u8.ToArray()),
        BundleItem.OfBytes(EntryPath.Resources, "resources: {}\n"u8.ToArray()),
        BundleItem.OfBytes(EntryPath.Routing, "routes: []\n"u8.ToArray()),
    ];

    public static byte[] Write(params IEnumerable<BundleItem> items)
    {
        List<BundleItem> sorted = [.. items.Concat(Documents).OrderBy(i => i.Entry.Path, StringComparer.Ordinal)];
        using var output = new MemoryStream();
        BundleWriter.Write(output, Manifest(sorted), sorted, _ => { }, CancellationToken.None);
        return output.ToArray();
    }

    /// <summary>Everything in a bundle: paths, kinds and contents.</summary>
    /// <exception cref="BundleFault">It was refused.</exception>
    public static IReadOnlyList<string> Read(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        using var reader = new BundleReader(file);
        var contents = reader.Manifest.Entries.ToDictionary(
            e => e.Path, _ => new MemoryStream(), StringComparer.Ordinal);
        reader.ReadAll(e => contents[e.Path], _ => { }, CancellationToken.None);
        return [.. reader.Manifest.Entries.Select(
            e => $"{e.Path} {e.IsExecutable} {e.LinkTarget} {Convert.ToHexString(contents[e.Path].ToArray())}")];
    }

    /// <summary>
    /// A bundle with this text as its manifest, with the right checksum, followed by the given entries.
    /// </summary>
    public static byte[] WithManifest(string manifest, params IEnumerable<BundleItem> items)
    {
        var head = Encoding.UTF8.GetBytes(manifest);
        using var output = new MemoryStream();
        using (var tar = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            foreach (var item in items.Prepend(BundleItem.OfBytes(BundleWriter.SumFileName, BundleWriter.SumFile(head)))
                .Prepend(BundleItem.OfBytes(ManifestJson.FileName, head)))
            {
                tar.Write(TarHeader.Of(item.Entry));
                using var content = item.Open();
                content.CopyTo(tar);
                tar.Write(new byte[TarBlocks.Padding(item.Entry.Size)]);
            }

            tar.Write(new byte[TarHeader.EndLength]);
        }

        return output.ToArray();
    }

    public static byte[] Unzipped(byte[] bundle)
    {
        using var content = new MemoryStream();
        using (var tar = new GZipStream(new MemoryStream(bundle), CompressionMode.Decompress))
            tar.CopyTo(content);
        return content.ToArray();
    }

    public static byte[] Zipped(byte[] tar)
    {
        using var content = new MemoryStream();
        using (var zip = new GZipStream(content, CompressionLevel.Fastest))
            zip.Write(tar);
        return content.ToArray();
    }
}
