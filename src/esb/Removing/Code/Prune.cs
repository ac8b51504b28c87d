using Esb.Cli.Containers;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Staging;

namespace Esb.Cli.Removing.Code;

/// <summary>
/// Removes revisions beyond the bound, then code and images that nobody names: no configuration folder of this state folder, current or kept, no platform with its configuration inside,
/// no process. For who has the lock of staged code alone and that of the folder.
/// </summary>
/// <param name="request">What was asked.</param>
/// <param name="settings">Of the project.</param>
/// <param name="folder">The configuration folder.</param>
/// <param name="engine">Null: functions are no images.</param>
internal sealed class Prune(PruneRequest request, PlatformSettings settings, string folder, DockerEngine? engine)
{
    /// <summary>A functions.yml that is served and stands in no file.</summary>
    public string Served { get; init; } = "";

    /// <exception cref="CommandFailure">The engine does not answer.</exception>
    public async Task<PruneResult> RunAsync(CancellationToken cancellationToken)
    {
        var store = new RevisionStore(folder);
        if (!request.DryRun)
            store.RemoveLeftovers();
        var all = store.All();
        List<Revision> doomed = [.. all.SkipLast(request.Keep)];
        var result = new PruneResult(folder, request.DryRun, all.Count - doomed.Count)
        {
            Revisions = doomed,
            RevisionBytes = doomed.Sum(r => StagedCodeFolders.Size(r.Folder)),
        };
        // Asked while all is there: an engine that does not answer is met before anything is removed.
        var named = Named(doomed);
        var images = engine is null ? null : new EngineImages(engine, settings.State);
        var unnamed = images is null ? [] : (await images.OwnAsync(request.Environment, cancellationToken)).Where(i => !named.HasImage(i.Reference)).ToList();
        cancellationToken.ThrowIfCancellationRequested();
        store.Trim(request.Keep, request.DryRun);
        result = result with { Code = Code(named, cancellationToken) };
        return images is null ? result : await ImagesAsync(images, unnamed, result, cancellationToken);
    }

    private NamedCode Named(IReadOnlyList<Revision> doomed)
    {
        var named = new NamedCode();
        var platform = PlatformState.Read(settings.State)?.ConfigDir;
        foreach (var known in KnownConfigurations.Folders(settings.State).Append(folder).Append(platform ?? folder).Distinct(StringComparer.Ordinal))
        {
            named.AddFolder(known);
            foreach (var revision in new RevisionStore(known).All().Where(r => !doomed.Any(d => d.Folder == r.Folder)))
                named.AddFolder(revision.Folder);
        }

        foreach (var build in KnownConfigurations.Builds(settings.State))
            named.AddText(File.ReadAllText(build));
        named.AddText(Served);
        WorkerCode.AddTo(named);
        return named;
    }

    // An interruption ends it between two folders; what was removed by then is told.
    private List<Removed> Code(NamedCode named, CancellationToken cancellationToken)
    {
        List<Removed> removed = [];
        foreach (var code in StagedCodeFolders.Of(settings.State, request.Environment).Where(f => !named.Has(f)).TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            removed.Add(new Removed(code, StagedCodeFolders.Size(code)));
            if (!request.DryRun)
                StagedCodeFolders.Remove(code);
        }

        return removed;
    }

    private async Task<PruneResult> ImagesAsync(EngineImages images, List<EngineImage> unnamed, PruneResult result, CancellationToken cancellationToken)
    {
        List<Removed> removed = [];
        List<(string, string)> inUse = [];
        var staying = (await images.AllAsync(CancellationToken.None)).Where(i => unnamed.TrueForAll(u => u.Reference != i.Reference)).ToList();
        foreach (var image in unnamed.TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            if (!request.DryRun && await images.RemoveAsync(image, CancellationToken.None) is { } reason)
                inUse.Add((image.Reference, reason));
            else
                removed.Add(new Removed(image.Reference, EngineImages.UniqueBytes(image, staying)));
        }

        return result with { Images = removed, InUse = inUse };
    }
}
