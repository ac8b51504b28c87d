using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Esb.Provisioner.Contents;

/// <summary>
/// Writes the content of tables and buckets as a compressed tar archive: <c>tables/NAME/000001.jsonl</c> with items,
/// <c>buckets/NAME/000001.json</c> before the bytes of each version of an object, and <c>end.json</c>, which marks the
/// archive as complete.
/// </summary>
internal sealed class SnapshotWriter : IAsyncDisposable
{
    public const string TablesFolder = "tables/";
    public const string BucketsFolder = "buckets/";
    public const string End = "end.json";
    public const string Description = ".json";

    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly GZipStream _compressed;
    private readonly TarWriter _archive;
    private readonly SortedDictionary<string, int> _items = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _objects = new(StringComparer.Ordinal);

    public SnapshotWriter(Stream output)
    {
        _compressed = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
        _archive = new TarWriter(_compressed, TarEntryFormat.Pax, leaveOpen: true);
    }

    /// <returns>The number of items.</returns>
    public async Task<int> AddAsync(string table, TableContents contents, CancellationToken cancellationToken)
    {
        var pages = 0;
        _items[table] = 0;
        await foreach (var page in contents.PagesAsync(table, cancellationToken))
        {
            if (page.Count == 0)
                continue;
            _items[table] += page.Count;
            await WriteAsync($"{TablesFolder}{table}/{++pages:000000}.jsonl", page.Lines, cancellationToken);
        }

        return _items[table];
    }

    /// <returns>The number of object versions.</returns>
    public async Task<int> AddAsync(string bucket, BucketContents contents, CancellationToken cancellationToken)
    {
        _objects[bucket] = 0;
        foreach (var version in await contents.VersionsAsync(bucket, cancellationToken))
        {
            var name = $"{BucketsFolder}{bucket}/{++_objects[bucket]:000000}";
            if (version.IsDeleteMarker == true)
            {
                await DescribeAsync(name, StoredObject.OfMarker(version), cancellationToken);
                continue;
            }

            using var answer = await contents.OpenAsync(version, cancellationToken);
            var tags = answer.TagCount > 0 ? await contents.TagsAsync(version, cancellationToken) : null;
            await DescribeAsync(name, StoredObject.Of(version, answer, tags), cancellationToken);
            await WriteAsync(name, answer.ResponseStream, answer.ContentLength, cancellationToken);
        }

        return _objects[bucket];
    }

    /// <summary>Writes the end entry, which marks the snapshot as complete.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var digest = Convert.ToHexStringLower(_digest.GetCurrentHash());
        var end = JsonSerializer.SerializeToUtf8Bytes(
            new SnapshotEnd(_items, _objects, digest), SnapshotJson.Default.SnapshotEnd);
        await WriteAsync(End, end, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _archive.DisposeAsync();
        await _compressed.DisposeAsync();
        _digest.Dispose();
    }

    private Task DescribeAsync(string name, StoredObject stored, CancellationToken cancellationToken) =>
        WriteAsync(
            name + Description,
            JsonSerializer.SerializeToUtf8Bytes(stored, SnapshotJson.Default.StoredObject),
            cancellationToken);

    private Task WriteAsync(string name, byte[] content, CancellationToken cancellationToken) =>
        WriteAsync(name, new MemoryStream(content), content.Length, cancellationToken);

    private Task WriteAsync(string name, Stream content, long length, CancellationToken cancellationToken)
    {
        _digest.AppendData(Encoding.UTF8.GetBytes(name));
        var entry =
            new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new SizedStream(content, length, _digest) };
        return _archive.WriteEntryAsync(entry, cancellationToken);
    }
}
