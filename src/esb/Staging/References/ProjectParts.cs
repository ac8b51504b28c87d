using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;
using Esb.Host.Files;
using Esb.Sam.Reading;

namespace Esb.Cli.Staging.References;

/// <summary>
/// The files and folders of the project that a build needs besides its code folder. In the copy that is built, each
/// part has the same relative path as in the project.
/// </summary>
/// <param name="Code">The code folder, relative to the project.</param>
/// <param name="Hash">The hash of their content; empty when there are none.</param>
/// <param name="Requirements">For pip: all requirements files, relative to the project.</param>
internal sealed record ProjectParts(string Code, string Hash, IReadOnlyCollection<string> Requirements)
{
    private List<Part> Parts { get; init; } = [];

    /// <summary>A build that needs nothing else.</summary>
    public static ProjectParts None { get; } = new("", "", [DependencyManifest.Requirements]);

    /// <summary>Whether the build needs any part.</summary>
    public bool Any => Hash.Length > 0;

    /// <summary>Their paths, relative to the project.</summary>
    public IEnumerable<string> Paths => Parts.Select(p => p.Path);

    /// <param name="code">The code folder.</param>
    /// <param name="installer">The tool that builds it.</param>
    /// <param name="cache">Hashes of files that have not changed.</param>
    /// <param name="origin">Receives the errors, and knows the project.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>Null when a part cannot be used, which was reported to the origin.</returns>
    public static ProjectParts? Of(
        string code,
        Installer installer,
        HashCache cache,
        Origin origin,
        CancellationToken cancellationToken)
    {
        var project = origin.Project ?? ProjectFiles.At(code);
        if (installer == Installer.None || project.RealPathOf(code) is not { } real)
            return None;
        if (ReferenceSearch.Run(real, installer, project, origin) is not { } found)
            return null;
        var root = project.RealPathOf(project.Root) ?? project.Root;
        List<Part> parts = [];
        List<string> identity = [];
        foreach (var path in found.Paths.Where(
            p => !found.Paths.Any(other => p.StartsWith(other + "/", StringComparison.Ordinal))))
        {
            if (TreeOf(path, real, origin, cancellationToken) is not { } tree)
                return null;
            var relative = Path.GetRelativePath(root, path);
            parts.Add(new Part(relative, tree, Directory.Exists(path) ? relative : Path.GetDirectoryName(relative)!));
            identity.AddRange([relative, cache.HashOf(tree, cancellationToken)]);
        }

        var requirements = found.Requirements.Select(r => Path.GetRelativePath(root, r)).ToList();
        var place = real == root ? "" : Path.GetRelativePath(root, real);
        // Values of variables in requirements files are part of the hash.
        var hash = parts.Count == 0 && found.Expanded.Count == 0
            ? ""
            : ContentHash.Of([place, .. identity, .. found.Expanded]);
        return new ProjectParts(place, hash, requirements) { Parts = parts };
    }

    /// <param name="folder">The copy of the project.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public void CopyTo(string folder, CancellationToken cancellationToken)
    {
        foreach (var part in Parts)
            TreeCopy.Copy(part.Tree, Path.Combine(folder, part.Folder), cancellationToken);
    }

    // A part may contain the code folder, which is copied separately.
    private static CodeTree? TreeOf(string path, string code, Origin origin, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path))
            return Statx.OfLink(path) is { } facts
                ? new CodeTree(Path.GetDirectoryName(path)!, [new CodeEntry(Path.GetFileName(path), facts, null)])
                : null;
        if (CodeTreeReader.Read(path, origin, cancellationToken) is not { } tree)
            return null;
        if (!code.StartsWith(path + "/", StringComparison.Ordinal))
            return tree;
        var below = Path.GetRelativePath(path, code) + "/";
        return tree with
        {
            Entries = [.. tree.Entries.Where(e => !e.Path.StartsWith(below, StringComparison.Ordinal))],
        };
    }

    /// <param name="Path">Relative to the project.</param>
    /// <param name="Tree">The folder, or the file alone.</param>
    /// <param name="Folder">Where the tree's root is, relative to the project.</param>
    private sealed record Part(string Path, CodeTree Tree, string Folder);
}
