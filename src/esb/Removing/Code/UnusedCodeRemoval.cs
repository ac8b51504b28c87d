using Esb.Cli.Containers;
using Esb.Cli.Deploying.Revisions;
using Esb.Cli.Deploying.Transaction;
using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Host.Files;

namespace Esb.Cli.Removing.Code;

/// <summary>
/// Removes revisions beyond the limit, then code and images that are not in use: by no configuration folder of this
/// state folder, current or kept, no platform with a baked-in configuration, and no process. The caller holds the
/// exclusive lock of staged code and the lock of the folder.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="settings">The settings of the platform.</param>
/// <param name="folder">The configuration folder.</param>
/// <param name="engine">The container engine; null in process mode.</param>
internal sealed class UnusedCodeRemoval(
    PruneRequest request,
    PlatformSettings settings,
    string folder,
    DockerEngine? engine)
{
    /// <summary>A functions.yml that is served but is in no file.</summary>
    public string Served { get; init; } = "";

    /// <exception cref="CommandFailure">The engine does not answer.</exception>
    public async Task<PruneResult> RunAsync(CancellationToken cancellationToken)
    {
        var store = new RevisionStore(folder);
        if (!request.DryRun)
            store.RemoveLeftovers();
        var all = store.All();
        List<Revision> removed = [.. all.SkipLast(request.Keep)];
        var result = new PruneResult(folder, request.DryRun, all.Count - removed.Count)
        {
            Revisions = removed,
            RevisionBytes = removed.Sum(r => StagedCodeFolders.Size(r.Folder)),
        };
        // The engine is queried first: if it does not answer, nothing has been removed.
        var named = Named(removed);
        var images = engine is null ? null : new EngineImages(engine, settings.State);
        var unnamed = images is null
            ? []
            : (await images.OwnAsync(request.Environment, cancellationToken)).Where(i => !named.HasImage(i.Reference))
                .ToList();
        cancellationToken.ThrowIfCancellationRequested();
        store.Trim(request.Keep, request.DryRun);
        result = result with { Code = Code(named, cancellationToken) };
        return images is null ? result : await ImagesAsync(images, unnamed, result, cancellationToken);
    }

    private NamedCode Named(IReadOnlyList<Revision> removed)
    {
        var named = new NamedCode();
        var platform = PlatformState.Read(settings.State)?.ConfigDir;
        foreach (var known in KnownConfigurations.Folders(settings.State).Append(folder).Append(platform ?? folder)
            .Distinct(StringComparer.Ordinal))
        {
            named.AddFolder(known);
            foreach (var revision in new RevisionStore(known).All().Where(r => !removed.Any(d => d.Folder == r.Folder)))
                named.AddFolder(revision.Folder);
        }

        foreach (var build in KnownConfigurations.Builds(settings.State))
            named.AddText(OrdinaryFile.ReadText(build));
        named.AddText(Served);
        WorkerCode.AddTo(named);
        return named;
    }

    // A cancellation takes effect between two folders; the folders that were removed before are reported.
    private List<Removed> Code(NamedCode named, CancellationToken cancellationToken)
    {
        List<Removed> removed = [];
        foreach (var code in StagedCodeFolders.Of(settings.State, request.Environment).Where(f => !named.Has(f))
            .TakeWhile(_ => !cancellationToken.IsCancellationRequested))
        {
            removed.Add(new Removed(code, StagedCodeFolders.Size(code)));
            if (!request.DryRun)
                StagedCodeFolders.Remove(code);
        }

        return removed;
    }

    private async Task<PruneResult> ImagesAsync(
        EngineImages images, List<EngineImage> unnamed, PruneResult result, CancellationToken cancellationToken)
    {
        List<Removed> removed = [];
        List<(string, string)> inUse = [];
        var staying = (await images.AllAsync(CancellationToken.None))
            .Where(i => unnamed.TrueForAll(u => u.Reference != i.Reference))
            .ToList();
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
