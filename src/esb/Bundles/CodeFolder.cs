using System.Security.Cryptography;
using Esb.Cli.Bundles.Format;
using Esb.Cli.Staging.Contents;
using Esb.Host.Files;

namespace Esb.Cli.Bundles;

/// <summary>A staged folder as entries of a bundle, without bytecode that an interpreter wrote.</summary>
internal static class CodeFolder
{
    private const string Compiled = "__pycache__";

    /// <summary>All files and links, in no particular order.</summary>
    /// <param name="folder">The path on this machine.</param>
    /// <param name="name">The path in the bundle, such as <c>code/orders-get/9b1f22aa…</c>.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="CommandFailure">Something in it cannot be bundled.</exception>
    public static IEnumerable<BundleItem> Items(string folder, string name, CancellationToken cancellationToken)
    {
        foreach (var (path, facts) in Walk(folder, ""))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = Path.Combine(folder, path);
            if (facts is { IsFile: false, IsLink: false })
                throw CommandFailure.Environment(
                    $"'{file}' is neither a file, a folder nor a link, and cannot be bundled");
            var entry = facts.IsLink
                ? new BundleEntry($"{name}/{path}", 0, "") { LinkTarget = new FileInfo(file).LinkTarget ?? "" }
                : new BundleEntry($"{name}/{path}", facts.Size, Sum(file)) { IsExecutable = facts.IsExecutable };
            yield return new BundleItem(entry, () => OrdinaryFile.Open(file));
        }
    }

    /// <summary>Whether a folder has exactly the content that the entries describe.</summary>
    public static bool HasContent(
        string folder, string name, IReadOnlyList<BundleEntry> entries, CancellationToken cancellationToken)
    {
        var expected = entries.ToDictionary(e => e.Path, StringComparer.Ordinal);
        foreach (var (path, facts) in Walk(folder, ""))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = Path.Combine(folder, path);
            if (!expected.Remove($"{name}/{path}", out var entry) || entry.LinkTarget is null != facts.IsFile)
                return false;
            var same = entry.LinkTarget is { } target
                ? facts.IsLink && new FileInfo(file).LinkTarget == target
                : facts.Size == entry.Size && facts.IsExecutable == entry.IsExecutable && Sum(file) == entry.Sha256;
            if (!same)
                return false;
        }

        return expected.Count == 0;
    }

    private static IEnumerable<(string Path, Statx Facts)> Walk(string root, string folder)
    {
        foreach (var full in Directory.EnumerateFileSystemEntries(Path.Combine(root, folder)))
        {
            var name = Path.GetFileName(full);
            if (name == Compiled)
                continue;
            if (Statx.OfLink(full) is not { } facts)
                throw CommandFailure.Environment(
                    $"'{full}' cannot be read, or its name is not UTF-8: it cannot be bundled",
                    "rename it, or let your user read it");
            var path = folder.Length == 0 ? name : $"{folder}/{name}";
            if (!facts.IsFolder)
            {
                yield return (path, facts);
                continue;
            }

            foreach (var below in Walk(root, path))
                yield return below;
        }
    }

    private static string Sum(string file)
    {
        using var content = OrdinaryFile.Open(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
