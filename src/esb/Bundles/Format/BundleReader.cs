using System.Security.Cryptography;
using Esb.Cli.Staging.Contents;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// Reads a bundle from beginning to end, with bounded memory. It trusts nothing in the tar file: the manifest
/// determines the entries, their headers and their content, and every byte that differs is a fault.
/// </summary>
internal sealed class BundleReader : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly GzipContent _tar;

    /// <param name="file">The file, at its beginning; left open.</param>
    /// <exception cref="BundleFault">The file is not a bundle that this version can use.</exception>
    public BundleReader(Stream file)
    {
        _tar = WithFaults(() => new GzipContent(file));
        Manifest = WithFaults(ReadManifest);
    }

    public BundleManifest Manifest { get; }

    /// <summary>Reads all entries. Can be called only once.</summary>
    /// <param name="open">
    /// Returns the stream for an entry's content, which is closed afterwards, or null to only verify it. Not called for
    /// links.
    /// </param>
    /// <param name="onBytes">Receives the number of bytes read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="BundleFault">An entry differs from the manifest; the entries before it match.</exception>
    public void ReadAll(Func<BundleEntry, Stream?> open, Action<int> onBytes, CancellationToken cancellationToken)
    {
        foreach (var entry in Manifest.Entries)
        {
            WithFaults(() => RequireBytes(TarHeader.Of(entry), entry.Path));
            if (entry.LinkTarget is null)
                Content(entry, open, onBytes, cancellationToken);
        }

        WithFaults(() =>
        {
            RequireBytes(new byte[TarHeader.EndLength], "its end");
            if (_tar.ReadByte() >= 0 || !_tar.IsWholeFile())
                throw new BundleFault("it holds more than its manifest says");
        });
    }

    public void Dispose() => _tar.Dispose();

    private BundleManifest ReadManifest()
    {
        var header = new byte[TarBlocks.Length];
        _tar.ReadExactly(header);
        if (TarBlocks.SmallSize(header) is not { } size
            || !header.AsSpan().SequenceEqual(TarHeader.Of(new BundleEntry(ManifestJson.FileName, size, ""))))
            throw new BundleFault(
                "it is not what esb bundle writes", "make one with esb bundle -t template.yaml -o site.esb");
        if (size > ManifestJson.MaxBytes)
            throw new BundleFault($"its manifest is larger than {ManifestJson.MaxBytes >> 20} MiB");
        var manifest = ReadBytes(size);
        RequireBytes(new byte[TarBlocks.Padding(size)], ManifestJson.FileName);
        var sum = BundleWriter.SumFile(manifest);
        RequireBytes(TarHeader.Of(new BundleEntry(BundleWriter.SumFileName, sum.Length, "")), BundleWriter.SumFileName);
        RequireBytes(sum, ManifestJson.FileName);
        RequireBytes(new byte[TarBlocks.Padding(sum.Length)], BundleWriter.SumFileName);
        return ManifestJson.Read(manifest);
    }

    // The buffer grows with the actual content, not with the size in the header.
    private byte[] ReadBytes(int size)
    {
        using var content = new MemoryStream();
        while (content.Length < size)
        {
            var read = _tar.Read(_buffer, 0, (int)Math.Min(_buffer.Length, size - content.Length));
            if (read == 0)
                throw new EndOfStreamException();
            content.Write(_buffer, 0, read);
        }

        return content.ToArray();
    }

    private void RequireBytes(ReadOnlySpan<byte> expected, string what)
    {
        var start = _buffer.AsSpan();
        while (expected.Length > 0)
        {
            var part = start[..Math.Min(start.Length, expected.Length)];
            _tar.ReadExactly(part);
            if (!part.SequenceEqual(expected[..part.Length]))
                throw new BundleFault($"it is damaged at '{what}'");
            expected = expected[part.Length..];
        }
    }

    // Errors in writing the target are not faults of the bundle.
    private void Content(
        BundleEntry entry, Func<BundleEntry, Stream?> open, Action<int> onBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var target = open(entry);
        for (var left = entry.Size; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(_buffer.Length, left);
            WithFaults(() => _tar.ReadExactly(_buffer, 0, wanted));
            hash.AppendData(_buffer, 0, wanted);
            target?.Write(_buffer, 0, wanted);
            onBytes(wanted);
            left -= wanted;
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != entry.Sha256)
            throw new BundleFault($"the content of '{entry.Path}' is not what its manifest says");
        WithFaults(() => RequireBytes(new byte[TarBlocks.Padding(entry.Size)], entry.Path));
    }

    private static void WithFaults(Action read) => WithFaults(() =>
    {
        read();
        return true;
    });

    private static T WithFaults<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException)
        {
            throw new BundleFault("it is cut short: it was not copied completely");
        }
        catch (InvalidDataException)
        {
            throw new BundleFault("it is damaged, or not a bundle");
        }
    }
}
