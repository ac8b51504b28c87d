namespace Esb.Dynalite.LevelDb;

/// <summary>
/// A log: the writes that are not yet in a sorted table, or the changes to the list of files. Source: LevelDB,
/// doc/log_format.md and db/log_reader.cc.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="isManifest">
/// Whether the log is a list of files. In it, LevelDB accepts a last record that is not complete, and no other damage.
/// </param>
internal sealed class LogFile(string path, bool isManifest)
{
    /// <summary>
    /// Where the log ends in the middle of a record, as far as it has been read. LevelDB ignores that record.
    /// </summary>
    public FilePosition? UnfinishedAt { get; private set; }

    /// <summary>The complete records in order.</summary>
    /// <exception cref="DamageException">
    /// A record is damaged, and intact ones follow. LevelDB would leave out the damaged ones without a word.
    /// </exception>
    public IEnumerable<(FilePosition Position, byte[] Content)> Records()
    {
        using var fragments = new FragmentReader(path);
        var begun = new MemoryStream();
        var begunAt = -1L;
        while (fragments.Next() is { } fragment)
        {
            var isStart = fragment.Type is FragmentType.Full or FragmentType.First;
            // LevelDB once wrote an empty first fragment at the end of a block, and then began again in the next one.
            if (isStart && begunAt >= 0 && begun.Length > 0)
                throw new DamageException(path, begunAt, "a record has no end");
            if (!isStart && begunAt < 0)
                throw new DamageException(path, fragment.Offset, "a record has no beginning");
            if (isStart)
            {
                begun.SetLength(0);
                begunAt = fragment.Offset;
            }

            begun.Write(fragment.Content.Span);
            if (fragment.Type is FragmentType.First or FragmentType.Middle)
                continue;
            yield return (new FilePosition(path, begunAt), begun.ToArray());
            begunAt = -1;
        }

        CheckEnd(fragments, begunAt);
    }

    private void CheckEnd(FragmentReader fragments, long begunAt)
    {
        if (fragments.Problem is { } problem
            && ((isManifest && !problem.IsUnfinished) || fragments.IsFollowedByIntact()))
            throw new DamageException(path, problem.Offset, problem.Text);
        if (begunAt >= 0 || fragments.Problem is not null)
            UnfinishedAt = new FilePosition(path, begunAt >= 0 ? begunAt : fragments.Problem!.Offset);
    }
}
