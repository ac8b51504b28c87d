using Esb.Cli.Settings;

namespace Esb.Cli.Bundles.Format;

/// <summary>The rules for a manifest. The writer and the reader of a bundle apply them before anything else.</summary>
internal static class ManifestCheck
{
    /// <exception cref="BundleFault">A rule is violated.</exception>
    public static void Require(BundleManifest manifest)
    {
        if (!EnvironmentName.IsValid(manifest.Environment))
            throw new BundleFault($"'{manifest.Environment}' is not a name of an environment");
        if (manifest.Entries.Count > BundleManifest.MaxEntries)
            throw new BundleFault(
                $"it has {manifest.Entries.Count:N0} entries; at most {BundleManifest.MaxEntries:N0} are allowed",
                "divide it into several");
        RequireSizes(manifest.Entries);
        RequirePaths(manifest.Entries);
        foreach (var needed in (string[])[EntryPath.Functions, EntryPath.Routing, EntryPath.Resources])
        {
            if (!manifest.Entries.Any(e => e.Path == needed))
                throw new BundleFault($"it has no {needed}");
        }
    }

    // Subtracts instead of adding, so that sizes cannot overflow.
    private static void RequireSizes(IReadOnlyList<BundleEntry> entries)
    {
        var left = BundleManifest.MaxBytes;
        foreach (var entry in entries)
        {
            if (entry.Size < 0 || entry.Size > left)
                throw new BundleFault(
                    $"it holds more than {BundleManifest.MaxBytes >> 30} GiB", "divide it into several");
            left -= entry.Size;
        }
    }

    private static void RequirePaths(IReadOnlyList<BundleEntry> entries)
    {
        var known = new HashSet<string>(entries.Count, StringComparer.Ordinal);
        string? previous = null;
        foreach (var entry in entries)
        {
            if (EntryPath.Fault(entry) is { } fault)
                throw new BundleFault($"its entry '{EntryPath.Printable(entry.Path)}' {fault}");
            if (string.CompareOrdinal(previous, entry.Path) >= 0)
                throw new BundleFault($"its entry '{entry.Path}' is out of order");
            known.Add(previous = entry.Path);
        }

        // No entry is below a file or a link, so no file can be written through a link.
        foreach (var entry in entries)
        {
            for (var at = entry.Path.LastIndexOf('/'); at > 0; at = entry.Path.LastIndexOf('/', at - 1))
            {
                if (known.Contains(entry.Path[..at]))
                    throw new BundleFault($"its entry '{entry.Path}' is below another entry that is not a folder");
            }
        }
    }
}
