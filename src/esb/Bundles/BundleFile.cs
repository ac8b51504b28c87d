using System.Security.Cryptography;
using Esb.Cli.Bundles.Format;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Bundles;

/// <summary>
/// A bundle on the disk that was read from beginning to end and is whole. It stays open: what is unpacked later comes from the very file
/// that was looked at, and is compared again.
/// </summary>
internal sealed class BundleFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<string, byte[]> _documents;

    private BundleFile(string path, FileStream file, BundleManifest manifest, Dictionary<string, byte[]> documents) =>
        (Path, _file, Manifest, _documents) = (path, file, manifest, documents);

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    public BundleManifest Manifest { get; }

    public long Length => _file.Length;

    /// <summary>Reads and compares all of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandFailure">It is not there, not a bundle, damaged, or of another format.</exception>
    public static BundleFile Open(string path, ByteProgress progress, CancellationToken cancellationToken)
    {
        var file = OpenFile(path);
        try
        {
            using var reader = new BundleReader(file);
            var kept = new KeptDocuments();
            progress.Begin(reader.Manifest.Bytes);
            reader.ReadAll(kept.Open, progress.Add, cancellationToken);
            return new BundleFile(path, file, reader.Manifest, kept.ToDictionary());
        }
        catch (Exception e)
        {
            file.Dispose();
            if (e is BundleFault fault)
                throw Failure(path, fault);
            throw;
        }
    }

    /// <summary>What stands in one of the documents below <c>configuration</c>, or in the index of images; null when it is not in it.</summary>
    public byte[]? Document(string entry) => _documents.GetValueOrDefault(entry);

    /// <summary>Goes through all entries again.</summary>
    /// <param name="open">Where an entry's content goes; null: nowhere.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CommandFailure">The file was changed since it was opened.</exception>
    public void ReadAll(Func<BundleEntry, Stream?> open, ByteProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            _file.Position = 0;
            using var reader = new BundleReader(_file);
            // Whoever decided what to take did so by the manifest that was checked.
            if (!reader.Manifest.Entries.SequenceEqual(Manifest.Entries))
                throw new BundleFault("it was changed while it was read");
            progress.Begin(Manifest.Bytes);
            reader.ReadAll(open, progress.Add, cancellationToken);
        }
        catch (BundleFault fault)
        {
            throw Failure(Path, fault);
        }
    }

    /// <summary>Of the file itself, 64 hex digits: what <c>esb bundle</c> printed when it made it.</summary>
    public async Task<string> SumAsync(CancellationToken cancellationToken)
    {
        _file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(_file, cancellationToken));
    }

    /// <summary>What is said about a bundle that cannot be used.</summary>
    public static CommandFailure Failure(string path, BundleFault fault) => CommandFailure.Environment($"{path}: {fault.Message}; nothing was changed", fault.Help);

    public void Dispose() => _file.Dispose();

    private static FileStream OpenFile(string path)
    {
        try
        {
            return OrdinaryFile.Open(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandFailure.Usage($"{path}: there is no such bundle", "make it with esb bundle -t template.yaml -o site.esb");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"{path}: the bundle cannot be read: {e.Message}");
        }
    }

    /// <summary>What is needed whole, before anything is unpacked.</summary>
    private sealed class KeptDocuments
    {
        private static readonly string[] Names = [EntryPath.Functions, EntryPath.Routing, EntryPath.Resources, EntryPath.ImageIndex];

        private readonly Dictionary<string, MemoryStream> _kept = new(StringComparer.Ordinal);

        public Stream? Open(BundleEntry entry)
        {
            if (!Names.Contains(entry.Path))
                return null;
            if (entry.Size > ConfigurationDocument.MaxBytes)
                throw new BundleFault($"its {entry.Path} is larger than {ConfigurationDocument.MaxBytes:N0} bytes");
            return _kept[entry.Path] = new MemoryStream();
        }

        // A closed MemoryStream still has its bytes.
        public Dictionary<string, byte[]> ToDictionary() => _kept.ToDictionary(k => k.Key, k => k.Value.ToArray(), StringComparer.Ordinal);
    }
}
