namespace Esb.Dynalite.LevelDb;

/// <summary>Merges entries of several sources, each in the order of its keys.</summary>
internal static class Merge
{
    /// <summary>The latest value of each key that was not deleted, in the order of the keys.</summary>
    public static IEnumerable<(byte[] Key, ReadOnlyMemory<byte> Value)> Latest(
        IReadOnlyList<IEnumerable<Entry>> sources)
    {
        var enumerators = sources.Select(source => source.GetEnumerator()).ToList();
        try
        {
            var next = new PriorityQueue<IEnumerator<Entry>, Entry>(EntryOrder);
            foreach (var enumerator in enumerators.Where(enumerator => enumerator.MoveNext()))
                next.Enqueue(enumerator, enumerator.Current);
            byte[]? done = null;
            while (next.TryPeek(out var first, out var entry))
            {
                if (first.MoveNext())
                    next.DequeueEnqueue(first, first.Current);
                else
                    next.Dequeue();
                if (done is not null && entry.Key.AsSpan().SequenceEqual(done))
                    continue;
                done = entry.Key;
                if (entry.Value is { } value)
                    yield return (entry.Key, value);
            }
        }
        finally
        {
            enumerators.ForEach(enumerator => enumerator.Dispose());
        }
    }

    // The latest write of a key comes first.
    private static IComparer<Entry> EntryOrder { get; } = Comparer<Entry>.Create((x, y) =>
        KeyOrder.Instance.Compare(x.Key, y.Key) is not 0 and var order ? order : y.Sequence.CompareTo(x.Sequence));
}
