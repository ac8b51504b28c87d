using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// Writes a bundle: a gzip-compressed tar file of the manifest, its checksum, and the listed entries. The same items
/// give the same bytes.
/// </summary>
internal static class BundleWriter
{
    public const string SumFileName = "manifest.sha256";

    private const int BufferSize = 128 * 1024;

    /// <summary>The content of <see cref="SumFileName"/>, in the format of sha256sum.</summary>
    public static byte[] SumFile(ReadOnlySpan<byte> manifest) =>
        Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(manifest))}  {ManifestJson.FileName}\n");

    /// <param name="output">The stream to write to; left open.</param>
    /// <param name="manifest">Lists the items.</param>
    /// <param name="items">In the order of the manifest.</param>
    /// <param name="onBytes">Receives the number of bytes written.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="BundleFault">The manifest is invalid, or a file no longer matches it.</exception>
    public static void Write(
        Stream output,
        BundleManifest manifest,
        IReadOnlyList<BundleItem> items,
        Action<int> onBytes,
        CancellationToken cancellationToken)
    {
        ManifestCheck.Require(manifest);
        var head = ManifestJson.Write(manifest);
        if (head.Length > ManifestJson.MaxBytes)
            throw new BundleFault(
                $"its list of entries is larger than {ManifestJson.MaxBytes >> 20} MiB", "divide it into several");
        using var tar = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        Write(tar, ManifestJson.FileName, head);
        Write(tar, SumFileName, SumFile(head));
        var buffer = new byte[BufferSize];
        foreach (var item in items)
        {
            tar.Write(TarHeader.Of(item.Entry));
            if (item.Entry.LinkTarget is null)
                Copy(item, tar, buffer, onBytes, cancellationToken);
        }

        tar.Write(new byte[TarHeader.EndLength]);
    }

    private static void Write(Stream tar, string name, byte[] content)
    {
        tar.Write(TarHeader.Of(new BundleEntry(name, content.Length, "")));
        tar.Write(content);
        tar.Write(new byte[TarBlocks.Padding(content.Length)]);
    }

    private static void Copy(
        BundleItem item, Stream tar, byte[] buffer, Action<int> onBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = item.Open();
        var left = item.Entry.Size;
        while (left > 0 && content.Read(buffer, 0, (int)Math.Min(buffer.Length, left)) is var read and > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            tar.Write(buffer, 0, read);
            onBytes(read);
            left -= read;
        }

        if (left > 0 || Convert.ToHexStringLower(hash.GetHashAndReset()) != item.Entry.Sha256)
            throw new BundleFault($"'{item.Entry.Path}' was changed while it was being bundled", "bundle again");
        tar.Write(new byte[TarBlocks.Padding(item.Entry.Size)]);
    }
}
