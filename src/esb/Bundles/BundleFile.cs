using System.Security.Cryptography;
using Esb.Cli.Bundles.Format;
using Esb.Host.Files;
using Esb.Schema.Files;

namespace Esb.Cli.Bundles;

/// <summary>
/// A bundle file that was read completely and is intact. It stays open, so that unpacking reads the file that was
/// checked, and its content is verified once more.
/// </summary>
internal sealed class BundleFile : IDisposable
{
    private readonly FileStream _file;
    private readonly Dictionary<string, byte[]> _documents;

    private BundleFile(string path, FileStream file, BundleManifest manifest, Dictionary<string, byte[]> documents) =>
        (Path, _file, Manifest, _documents) = (path, file, manifest, documents);

    /// <summary>The path as the user gave it.</summary>
    public string Path { get; }

    public BundleManifest Manifest { get; }

    public long Length => _file.Length;

    /// <summary>Reads and verifies the whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">The file is missing, not a bundle, damaged, or in another format.</exception>
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

    /// <summary>
    /// The content of a document below <c>configuration</c>, or of the image index; null when the bundle has none.
    /// </summary>
    public byte[]? Document(string entry) => _documents.GetValueOrDefault(entry);

    /// <summary>Reads all entries again.</summary>
    /// <param name="open">Returns the stream for an entry's content, or null to skip it.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">The file was changed since it was opened.</exception>
    public void ReadAll(Func<BundleEntry, Stream?> open, ByteProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            _file.Position = 0;
            using var reader = new BundleReader(_file);
            // The caller chose entries from the manifest that was checked.
            if (!reader.Manifest.Entries.SequenceEqual(Manifest.Entries))
                throw new BundleFault("it was changed while it was being read");
            progress.Begin(Manifest.Bytes);
            reader.ReadAll(open, progress.Add, cancellationToken);
        }
        catch (BundleFault fault)
        {
            throw Failure(Path, fault);
        }
    }

    /// <summary>The SHA-256 of the file, 64 hex digits, as <c>esb bundle</c> prints it.</summary>
    public async Task<string> SumAsync(CancellationToken cancellationToken)
    {
        _file.Position = 0;
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(_file, cancellationToken));
    }

    /// <summary>The error for a bundle that cannot be used.</summary>
    public static CommandFailure Failure(string path, BundleFault fault) =>
        CommandFailure.Environment($"{path}: {fault.Message}; nothing was changed", fault.Help);

    public void Dispose() => _file.Dispose();

    private static FileStream OpenFile(string path)
    {
        try
        {
            return OrdinaryFile.Open(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw CommandFailure.Usage(
                $"{path}: there is no such bundle", "make it with esb bundle -t template.yaml -o site.esb");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"{path}: the bundle cannot be read: {e.Message}");
        }
    }

    /// <summary>The documents that are needed before anything is unpacked.</summary>
    private sealed class KeptDocuments
    {
        private static readonly string[] Names =
            [EntryPath.Functions, EntryPath.Routing, EntryPath.Resources, EntryPath.ImageIndex];

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
        public Dictionary<string, byte[]> ToDictionary() =>
            _kept.ToDictionary(k => k.Key, k => k.Value.ToArray(), StringComparer.Ordinal);
    }
}
