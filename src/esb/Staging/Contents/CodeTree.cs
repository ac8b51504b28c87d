using Esb.Host.Files;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// The files and links in a code folder that belong to the function, sorted by path so that the same content has the
/// same order.
/// </summary>
/// <param name="Root">The folder, with its own links resolved.</param>
/// <param name="Entries">Files and links; a folder has no entry, and exists only if something is in it.</param>
internal sealed record CodeTree(string Root, IReadOnlyList<CodeEntry> Entries)
{
    public bool Has(string path) => Entries.Any(e => e.Path == path);

    public bool HasBelow(string folder) => Entries.Any(e => e.Path.StartsWith(folder + "/", StringComparison.Ordinal));
}

/// <summary>One file or link.</summary>
/// <param name="Path">Relative to the root, with '/'.</param>
/// <param name="Facts">The metadata of the file when the tree was read.</param>
/// <param name="LinkTarget">Null for a file.</param>
internal sealed record CodeEntry(string Path, Statx Facts, string? LinkTarget);
