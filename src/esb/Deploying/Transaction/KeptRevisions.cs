using Esb.Cli.Deploying.Applications;
using Esb.Cli.Deploying.Revisions;
using Esb.Schema.Files;
using Esb.Schema.Merging;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>
/// The revisions of one plan: the previous content of the files, if no revision has it yet, and their new content. Both
/// are on the disk before anything changes, so that a full disk is found in time, and edits by hand are always kept.
/// </summary>
internal sealed class KeptRevisions : IDisposable
{
    private readonly RevisionStore _store;
    private readonly PendingRevision? _found;
    private readonly PendingRevision? _written;

    private KeptRevisions(RevisionStore store, PendingRevision? found, PendingRevision? written) =>
        (_store, _found, _written) = (store, found, written);

    /// <summary>The number of the new revision; null when the plan writes nothing.</summary>
    public int? Number => _written?.Number;

    /// <param name="folder">The configuration folder, locked.</param>
    /// <param name="plan">The plan to write.</param>
    /// <param name="origin">The origin of the plan.</param>
    /// <exception cref="CommandFailure">A revision could not be written; nothing has changed.</exception>
    public static KeptRevisions Prepare(string folder, DeployPlan plan, RevisionOrigin origin)
    {
        var store = new RevisionStore(folder);
        if (!plan.Writes)
            return new KeptRevisions(store, null, null);
        PendingRevision? found = null;
        try
        {
            var all = store.All();
            var latest = all is [.., var last] ? last : null;
            var next = (latest?.Number ?? 0) + 1;
            if (Found(folder, plan, latest) is { } state)
                found = store.Prepare(next++, state.Contents, NoteOf(state, all));
            return new KeptRevisions(store, found, store.Prepare(
                next,
                plan.Updates.ToDictionary(u => u.Name, u => u.After, StringComparer.Ordinal),
                NoteOf(plan, origin, all)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            found?.Dispose();
            throw WrittenFiles.Failure(
                $"{store.Root} cannot be written: {e.Message}; nothing was changed",
                "make room, or fix the folder's owner and mode, and deploy again");
        }
    }

    /// <summary>
    /// Publishes the revision of the previous content, which is valid whether or not the plan succeeds.
    /// </summary>
    /// <exception cref="IOException">The revision could not be published.</exception>
    public void KeepFound() => _found?.Publish();

    /// <summary>
    /// Publishes the revision of the new content, and removes the oldest revisions until <paramref name="count"/> are
    /// left.
    /// </summary>
    /// <exception cref="IOException">The revision could not be published.</exception>
    public void KeepWritten(int count)
    {
        if (_written is null)
            return;
        _written.Publish();
        try
        {
            _store.Trim(count);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A surplus revision is harmless; the next deploy tries again.
        }
    }

    /// <summary>Withdraws the revision of the new content.</summary>
    public void Undo()
    {
        try
        {
            _written?.Undo();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The files are restored; the next deploy notices that they differ from this revision.
        }
    }

    public void Dispose()
    {
        _found?.Dispose();
        _written?.Dispose();
    }

    // Bytes are compared before anything is parsed: with thousands of functions, parsing takes most of the time.
    private static ConfigurationFolder? Found(string folder, DeployPlan plan, Revision? latest)
    {
        if (plan.Start is { Known: { } known })
            return latest is not null && known.Contents.All(f => f.Value.AsSpan().SequenceEqual(latest.Bytes(f.Key)))
                ? null
                : known;
        if (latest?.IsEqualTo(folder) == true)
            return null;
        var state = ConfigurationFolder.ReadDamaged(folder, []);
        return state.Contents.Values.All(b => b.Length == 0) ? null : state;
    }

    private static RevisionNote NoteOf(ConfigurationFolder found, IReadOnlyList<Revision> all)
    {
        var before = all.Count == 0 ? ConfigurationFolder.Empty : ConfigurationFolder.ReadDamaged(all[^1].Folder, []);
        var counts = ChangeCount.Of(StatePlan.Between(before, found).Updates.SelectMany(u => u.Changes));
        return Note(new RevisionOrigin(RevisionKind.Found, ""), found.Hash, counts, all) with
        {
            Resources = Revision.HashOf(found.Resources.Bytes),
        };
    }

    private static RevisionNote NoteOf(DeployPlan plan, RevisionOrigin origin, IReadOnlyList<Revision> all) =>
        Note(
            origin with
            {
                Defaults = [.. plan.Functions.Changes.Where(c => c is { Section: "default", Kind: ChangeKind.Added })
                    .Select(c => c.Key)],
            }, plan.Hash, ChangeCount.Of(plan.Updates.SelectMany(u => u.Changes)), all) with
        {
            Resources = Revision.HashOf(plan.Updates.First(u => u.Name == ConfigurationFiles.Resources).After),
        };

    private static RevisionNote Note(
        RevisionOrigin origin,
        string configuration,
        IReadOnlyDictionary<string, ChangeCount> changes,
        IReadOnlyList<Revision> all)
    {
        var note = RevisionNote.Made(origin, DateTime.UtcNow, configuration, changes);
        return note with { Deployed = DeployedApplications.After(all, origin, note.Time, note.By) };
    }
}
