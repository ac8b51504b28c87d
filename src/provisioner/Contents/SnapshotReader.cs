using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Esb.Provisioner.Contents;

/// <summary>Where a snapshot is restored to.</summary>
/// <param name="Page">Stores a page of a table's items and returns their number.</param>
/// <param name="Object">Stores one version of an object; the stream is null for a delete marker.</param>
internal sealed record SnapshotTarget(
    Func<string, Stream, Task<int>> Page,
    Func<string, StoredObject, Stream?, Task> Object)
{
    /// <summary>A target that stores nothing, for a check of the whole snapshot.</summary>
    public static SnapshotTarget None { get; } = new(CountAsync, static (_, _, _) => Task.CompletedTask);

    private static async Task<int> CountAsync(string table, Stream page)
    {
        using var lines = new StreamReader(page, leaveOpen: true);
        var count = 0;
        while (await lines.ReadLineAsync() is { } line)
        {
            ItemJson.Read(line);
            count++;
        }

        return count;
    }
}

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote.</summary>
internal static class SnapshotReader
{
    /// <returns>The end entry, which shows that the snapshot is complete.</returns>
    /// <exception cref="FormatException">
    /// The input is not a snapshot, or not a complete one; entries before the error have already been passed on.
    /// </exception>
    public static async Task<SnapshotEnd> ReadAsync(
        Stream input,
        SnapshotTarget target,
        CancellationToken cancellationToken)
    {
        try
        {
            await using var compressed = new GZipStream(input, CompressionMode.Decompress, leaveOpen: true);
            await using var archive = new TarReader(compressed, leaveOpen: true);
            return await ReadAsync(archive, target, cancellationToken)
                ?? throw new FormatException("its end is missing");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or JsonException
            or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static async Task<SnapshotEnd?> ReadAsync(
        TarReader archive,
        SnapshotTarget target,
        CancellationToken cancellationToken)
    {
        SortedDictionary<string, int> items = new(StringComparer.Ordinal);
        SortedDictionary<string, int> objects = new(StringComparer.Ordinal);
        StoredObject? described = null;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (await archive.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.Name == SnapshotWriter.End)
            {
                var end = await ReadAsync(
                    entry.DataStream ?? Stream.Null, SnapshotJson.Default.SnapshotEnd, cancellationToken);
                return Checked(end, Convert.ToHexStringLower(digest.GetCurrentHash()), items, objects);
            }

            digest.AppendData(Encoding.UTF8.GetBytes(entry.Name));
            var content = new SizedStream(entry.DataStream ?? Stream.Null, entry.Length, digest);
            if (Inside(entry.Name, SnapshotWriter.TablesFolder) is { } table)
            {
                items[table] = items.GetValueOrDefault(table) + await target.Page(table, content);
            }
            else if (Inside(entry.Name, SnapshotWriter.BucketsFolder) is { } bucket)
            {
                var isDescription = entry.Name.EndsWith(SnapshotWriter.Description, StringComparison.Ordinal);
                if (isDescription)
                    described = await ReadAsync(content, SnapshotJson.Default.StoredObject, cancellationToken);
                if (described is null)
                    throw new FormatException($"{entry.Name} has no description before it");
                if (!isDescription && described.Size != entry.Length)
                    throw new FormatException(
                        $"{entry.Name} has {entry.Length} bytes, but its description says {described.Size}");
                if (!isDescription || described.Deleted)
                {
                    await target.Object(bucket, described, isDescription ? null : content);
                    objects[bucket] = objects.GetValueOrDefault(bucket) + 1;
                    described = null;
                }
            }
            else
            {
                throw new FormatException($"it has an entry '{entry.Name}', which no snapshot has");
            }

            await content.CopyToAsync(Stream.Null, cancellationToken);
        }

        return null;
    }

    private static async Task<T> ReadAsync<T>(
        Stream content,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        CancellationToken cancellationToken) =>
        await JsonSerializer.DeserializeAsync(content, type, cancellationToken)
            ?? throw new FormatException("a description is null");

    private static SnapshotEnd Checked(
        SnapshotEnd end,
        string digest,
        SortedDictionary<string, int> items,
        SortedDictionary<string, int> objects)
    {
        if (end.Digest != digest)
            throw new FormatException("its content differs from what was saved");
        if (end.Items is null || end.Objects is null)
            throw new FormatException("its end does not say what it contains");
        var wrong = end.Items.FirstOrDefault(i => items.GetValueOrDefault(i.Key) != i.Value).Key
            ?? end.Objects.FirstOrDefault(o => objects.GetValueOrDefault(o.Key) != o.Value).Key;
        return wrong is null ? end : throw new FormatException($"parts of {wrong} are missing");
    }

    // The names have the form tables/orders/000001.jsonl.
    private static string? Inside(string name, string folder) =>
        name.StartsWith(folder, StringComparison.Ordinal)
            && name[folder.Length..].Split('/') is [{ Length: > 0 } inside, { Length: > 0 }]
            ? inside
            : null;
}
