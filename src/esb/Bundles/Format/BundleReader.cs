using System.Security.Cryptography;

namespace Esb.Cli.Bundles.Format;

/// <summary>
/// Reads a bundle from its beginning to its end, with a bounded amount of memory. Nothing in the tar file is believed: which entries
/// follow, how their headers look and what their contents are is known from the manifest, and every byte that differs is a fault.
/// </summary>
internal sealed class BundleReader : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly GzipContent _tar;

    /// <param name="file">At its beginning; left open.</param>
    /// <exception cref="BundleFault">It is not a bundle, or not one that this version can use.</exception>
    public BundleReader(Stream file)
    {
        _tar = Guarded(() => new GzipContent(file));
        Manifest = Guarded(ReadManifest);
    }

    public BundleManifest Manifest { get; }

    /// <summary>Goes through all entries, once.</summary>
    /// <param name="open">Where an entry's content goes; null: it is only compared. What it gives is closed. Not asked for links.</param>
    /// <param name="onBytes">Hears how many bytes of content were read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BundleFault">An entry is not what the manifest says; those before it were.</exception>
    public void ReadAll(Func<BundleEntry, Stream?> open, Action<int> onBytes, CancellationToken cancellationToken)
    {
        foreach (var entry in Manifest.Entries)
        {
            Guarded(() => RequireBytes(TarHeader.Of(entry), entry.Path));
            if (entry.LinkTarget is null)
                Content(entry, open, onBytes, cancellationToken);
        }

        Guarded(() =>
        {
            RequireBytes(new byte[TarHeader.EndLength], "its end");
            if (_tar.ReadByte() >= 0 || !_tar.EndsWithItsFile())
                throw new BundleFault("it holds more than its manifest says");
        });
    }

    public void Dispose() => _tar.Dispose();

    private BundleManifest ReadManifest()
    {
        var header = new byte[TarHeader.Block];
        _tar.ReadExactly(header);
        if (TarHeader.SmallSize(header) is not { } size || !header.AsSpan().SequenceEqual(TarHeader.Of(new BundleEntry(ManifestJson.FileName, size, ""))))
            throw new BundleFault("it is not what esb bundle writes", "make one with esb bundle -t template.yaml -o site.esb");
        if (size > ManifestJson.MaxBytes)
            throw new BundleFault($"its manifest is larger than {ManifestJson.MaxBytes >> 20} MiB");
        var manifest = ReadBytes(size);
        RequireBytes(new byte[TarHeader.Padding(size)], ManifestJson.FileName);
        var sum = BundleWriter.SumFile(manifest);
        RequireBytes(TarHeader.Of(new BundleEntry(BundleWriter.SumFileName, sum.Length, "")), BundleWriter.SumFileName);
        RequireBytes(sum, ManifestJson.FileName);
        RequireBytes(new byte[TarHeader.Padding(sum.Length)], BundleWriter.SumFileName);
        return ManifestJson.Read(manifest);
    }

    // Grows with what is there, not with what the header says.
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

    // Errors of the disk that is written to are not faults of the bundle.
    private void Content(BundleEntry entry, Func<BundleEntry, Stream?> open, Action<int> onBytes, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var target = open(entry);
        for (var left = entry.Size; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(_buffer.Length, left);
            Guarded(() => _tar.ReadExactly(_buffer, 0, wanted));
            hash.AppendData(_buffer, 0, wanted);
            target?.Write(_buffer, 0, wanted);
            onBytes(wanted);
            left -= wanted;
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != entry.Sha256)
            throw new BundleFault($"the content of '{entry.Path}' is not what its manifest says");
        Guarded(() => RequireBytes(new byte[TarHeader.Padding(entry.Size)], entry.Path));
    }

    private static void Guarded(Action read) => Guarded(() =>
    {
        read();
        return true;
    });

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException)
        {
            throw new BundleFault("it ends before its end: it was not copied whole");
        }
        catch (InvalidDataException)
        {
            throw new BundleFault("it is damaged, or no bundle");
        }
    }
}
