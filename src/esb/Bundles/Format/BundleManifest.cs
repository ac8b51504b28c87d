using System.Runtime.InteropServices;
using Esb.Cli.Settings;

namespace Esb.Cli.Bundles.Format;

/// <summary>The description of a bundle, which is at the beginning of its file.</summary>
internal sealed record BundleManifest
{
    /// <summary>The format of this version of ESB. A bundle in another format is refused.</summary>
    public const int CurrentFormat = 1;

    public const int MaxEntries = 200_000;

    /// <summary>The largest total size of all files, in bytes.</summary>
    public const long MaxBytes = 64L << 30;

    /// <summary>The version of ESB that made it.</summary>
    public required string Esb { get; init; }

    /// <summary>The mode that it is for.</summary>
    public required PlatformMode Mode { get; init; }

    /// <summary>The architecture, by Lambda's names: <c>x86_64</c> or <c>arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>The environment that it is for; part of the paths of its code.</summary>
    public required string Environment { get; init; }

    /// <summary>
    /// Whether no environment was named: the bundle can be deployed to any platform, and does not mark it.
    /// </summary>
    public bool IsForAnyEnvironment { get; init; }

    /// <summary>The names of its templates; a later one overrides an earlier one.</summary>
    public required IReadOnlyList<string> Templates { get; init; }

    /// <summary>The references of its images.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>What <c>--strict</c> would have refused, as text; null when it was not recorded.</summary>
    public IReadOnlyList<string>? Doubts { get; init; }

    /// <summary>The entries in the order of the file, which is sorted by path.</summary>
    public required IReadOnlyList<BundleEntry> Entries { get; init; }

    /// <summary>The total size of all files, in bytes.</summary>
    public long Bytes => Entries.Sum(e => e.Size);

    /// <summary>The architecture of this machine, by the same names.</summary>
    public static string ThisArchitecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86_64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };

    /// <summary>
    /// The entries of each folder of code, of layers and of stores, by the folder's path in the bundle.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BundleEntry>> Folders() =>
        Entries.Select(e => (Folder: EntryPath.FolderOf(e.Path), Entry: e))
            .Where(e => e.Folder is not null)
            .GroupBy(e => e.Folder!, e => e.Entry)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<BundleEntry>)[.. g], StringComparer.Ordinal);
}
