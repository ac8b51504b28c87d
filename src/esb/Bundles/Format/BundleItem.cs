using System.Security.Cryptography;

namespace Esb.Cli.Bundles.Format;

/// <summary>An entry to write, and its content.</summary>
/// <param name="Entry">The entry in the manifest.</param>
/// <param name="Open">Opens the content; not called for a link.</param>
internal sealed record BundleItem(BundleEntry Entry, Func<Stream> Open)
{
    public static BundleItem OfBytes(string path, byte[] content) =>
        new(
            new BundleEntry(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))),
            () => new MemoryStream(content, writable: false));
}
