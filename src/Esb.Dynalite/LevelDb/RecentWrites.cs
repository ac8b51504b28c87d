namespace Esb.Dynalite.LevelDb;

/// <summary>
/// The writes of the logs. LevelDB also keeps them in memory; it begins a new log after 4 MiB. Source: LevelDB,
/// db/write_batch.cc.
/// </summary>
internal sealed class RecentWrites
{
    private const int OfDeletion = 0;
    private const int OfValue = 1;

    private readonly SortedDictionary<byte[], Entry> _entries = new(KeyOrder.Instance);

    /// <summary>Adds a record of a log: a batch of writes with consecutive sequence numbers.</summary>
    /// <exception cref="DamageException">The record is not a batch.</exception>
    public void Add(byte[] record, FilePosition position)
    {
        var fields = new FieldReader(record, position);
        var sequence = fields.Fixed64();
        var count = fields.Fixed32();
        for (; !fields.IsAtEnd; sequence++, count--)
        {
            var type = fields.Byte();
            if (count == 0 || type > OfValue)
                throw position.Damaged("a record is not a batch of writes");
            var key = fields.PrefixedBytes().ToArray();
            _entries[key] = type == OfDeletion
                ? new Entry(key, sequence, null)
                : new Entry(key, sequence, fields.PrefixedBytes().ToArray());
        }

        if (count > 0)
            throw position.Damaged("a batch has fewer writes than it says");
    }

    /// <summary>The writes whose keys are not before a key, in the order of the keys.</summary>
    public IEnumerable<Entry> From(byte[] key) =>
        _entries.Values.SkipWhile(entry => KeyOrder.Instance.Compare(entry.Key, key) < 0);
}
