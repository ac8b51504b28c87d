using System.Security.Cryptography;

namespace Esb.Cli.Bundles.Format;

/// <summary>An entry that is to be written, and where its content is.</summary>
/// <param name="Entry">What the manifest says about it.</param>
/// <param name="Open">Its content from the beginning; not asked for a link.</param>
internal sealed record BundleItem(BundleEntry Entry, Func<Stream> Open)
{
    public static BundleItem OfBytes(string path, byte[] content) =>
        new(new BundleEntry(path, content.Length, Convert.ToHexStringLower(SHA256.HashData(content))), () => new MemoryStream(content, writable: false));
}
