namespace Esb.Provisioner.Contents;

/// <summary>What a snapshot contains, so that nothing else is deleted.</summary>
internal sealed class SavedContents
{
    private readonly Dictionary<string, ItemsDigest> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<SavedVersion>> _buckets = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">The input is not a complete snapshot.</exception>
    public static async Task<SavedContents> ReadAsync(Stream snapshot, CancellationToken cancellationToken)
    {
        var saved = new SavedContents();
        var end = await SnapshotReader.ReadAsync(
            snapshot, new SnapshotTarget(saved.AddAsync, saved.AddAsync), cancellationToken);
        foreach (var table in end.Items.Keys)
            saved._tables.TryAdd(table, new ItemsDigest());
        foreach (var bucket in end.Objects.Keys)
            saved._buckets.TryAdd(bucket, []);
        return saved;
    }

    /// <exception cref="FormatException">The snapshot does not contain the table.</exception>
    public ItemsDigest Items(string table) =>
        _tables.GetValueOrDefault(table) ?? throw new FormatException($"it does not contain table {table}");

    /// <exception cref="FormatException">The snapshot does not contain the bucket.</exception>
    public IReadOnlySet<SavedVersion> Versions(string bucket) =>
        _buckets.GetValueOrDefault(bucket) ?? throw new FormatException($"it does not contain bucket {bucket}");

    private async Task<int> AddAsync(string table, Stream page)
    {
        using var lines = new MemoryStream();
        await page.CopyToAsync(lines);
        if (!_tables.TryGetValue(table, out var digest))
            _tables[table] = digest = new ItemsDigest();
        return digest.Add(lines.ToArray());
    }

    private Task AddAsync(string bucket, StoredObject stored, Stream? content)
    {
        if (!_buckets.TryGetValue(bucket, out var versions))
            _buckets[bucket] = versions = [];
        versions.Add(SavedVersion.Of(stored));
        return Task.CompletedTask;
    }
}
