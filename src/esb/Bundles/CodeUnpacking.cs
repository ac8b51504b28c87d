using Esb.Cli.Bundles.Format;
using Esb.Cli.Settings;
using Esb.Cli.Staging;
using Esb.Cli.Staging.Contents;
using Esb.Cli.Terminal;
using Esb.Host.Files;

namespace Esb.Cli.Bundles;

/// <summary>A folder of a bundle on this machine.</summary>
/// <param name="Path">Its path; in a preview, the path that it would have.</param>
/// <param name="Reused">Whether it already existed with the same content.</param>
internal sealed record PlacedFolder(string Path, bool Reused);

/// <summary>
/// Unpacks the folders of a bundle to where a deploy stages code. They are written next to their final paths and
/// renamed when all are complete. An existing folder is reused only if it has the bundle's content. Otherwise the
/// bundle's folder gets a separate path, since workers may run from the existing one. The path is derived from the
/// content: the source key in a bundle is only a claim, and a later deploy of that source would trust it.
/// </summary>
/// <param name="bundle">The bundle.</param>
/// <param name="state">The state folder to unpack into.</param>
/// <param name="environment">The environment that the code belongs to.</param>
/// <param name="kinds">The folders to unpack, by the first segment of their paths in the bundle.</param>
internal sealed class CodeUnpacking(
    BundleFile bundle, StateFolder state, string environment, params IReadOnlyList<string> kinds)
{
    private const int KeyLength = 16;

    private readonly StagedFolders _code = new(Path.Combine(state.Code, environment));
    private readonly StagedFolders _layers = new(state.Layers);

    /// <summary>Finds the existing folders, and the paths that the others would have; creates nothing.</summary>
    public IReadOnlyDictionary<string, PlacedFolder> Preview(CancellationToken cancellationToken)
    {
        var placed = new Dictionary<string, PlacedFolder>(StringComparer.Ordinal);
        foreach (var (folder, entries) in bundle.Manifest.Folders().Where(f => kinds.Contains(f.Key.Split('/')[0])))
        {
            var (staged, name, claimed) = Target(folder);
            var key = KeyOf(folder, claimed, entries);
            var existing = new[] { staged.Find(name, claimed), staged.Find(name, key) }
                .FirstOrDefault(found => found is not null
                    && CodeFolder.HasContent(found, folder, entries, cancellationToken));
            placed[folder] = new PlacedFolder(existing ?? staged.FirstPathOf(name, key), existing is not null);
        }

        return placed;
    }

    /// <exception cref="CommandFailure">
    /// The bundle was changed, or the disk is full; nothing is left behind.
    /// </exception>
    public IReadOnlyDictionary<string, PlacedFolder> Place(ByteProgress progress, CancellationToken cancellationToken)
    {
        var placed = new Dictionary<string, PlacedFolder>(Preview(cancellationToken), StringComparer.Ordinal);
        var missing = placed.Where(f => !f.Value.Reused).Select(f => f.Key).ToList();
        if (missing.Count == 0)
            return placed;
        RequireRoom(missing);
        var unfinished = new Dictionary<string, string>(StringComparer.Ordinal);
        var below = new Dictionary<string, BeneathFolder>(StringComparer.Ordinal);
        try
        {
            foreach (var folder in missing)
            {
                var (staged, name, _) = Target(folder);
                staged.RemoveLeftovers(name);
                below[folder] = new BeneathFolder(unfinished[folder] = staged.Begin(name));
            }

            bundle.ReadAll(entry => Open(entry, below), progress, cancellationToken);
            WriteLinks(below);
            foreach (var folder in missing)
            {
                var (staged, name, claimed) = Target(folder);
                var key = KeyOf(folder, claimed, bundle.Manifest.Folders()[folder]);
                placed[folder] = new PlacedFolder(
                    staged.Publish(unfinished[folder], name, key, again: staged.Find(name, key) is not null),
                    Reused: false);
            }

            return placed;
        }
        finally
        {
            foreach (var folder in below.Values)
                folder.Dispose();
            foreach (var folder in unfinished.Values)
                StagedFolders.Discard(folder);
        }
    }

    private (StagedFolders Staged, string Name, string Key) Target(string folder)
    {
        var parts = folder.Split('/');
        return parts[0] switch
        {
            EntryPath.Layers => (_layers, parts[1], parts[2]),
            _ => (_code, parts[1], parts[2]),
        };
    }

    private static string KeyOf(string folder, string claimed, IReadOnlyList<BundleEntry> entries)
    {
        var contents = entries.SelectMany(e =>
            new[] { e.Path[(folder.Length + 1)..], e.LinkTarget ?? "", e.Sha256, e.IsExecutable ? "program" : "" });
        return ContentHash.Of(["bundle", claimed, .. contents])[..KeyLength];
    }

    private void RequireRoom(List<string> missing)
    {
        var folders = bundle.Manifest.Folders();
        var needed = missing.Sum(folder => folders[folder].Sum(e => e.Size));
        var free = new DriveInfo(state.Path).AvailableFreeSpace;
        if (needed > free)
            throw CommandFailure.Environment(
                $"{bundle.Path}: its code needs {Sizes.Of(needed)}, {state.Display} has {Sizes.Of(free)} free; "
                    + "nothing was changed", "make room, or name another folder with ESB_STATE_DIR");
    }

    private static FileStream? Open(BundleEntry entry, Dictionary<string, BeneathFolder> unfinished) =>
        EntryPath.FolderOf(entry.Path) is { } folder && unfinished.TryGetValue(folder, out var below)
            ? below.CreateFile(entry.Path[(folder.Length + 1)..], entry.IsExecutable)
            : null;

    private void WriteLinks(Dictionary<string, BeneathFolder> unfinished)
    {
        foreach (var link in bundle.Manifest.Entries.Where(e => e.LinkTarget is not null))
        {
            if (EntryPath.FolderOf(link.Path) is { } folder && unfinished.TryGetValue(folder, out var below))
                below.CreateLink(link.Path[(folder.Length + 1)..], link.LinkTarget!);
        }
    }
}
