using System.Runtime.InteropServices;
using Esb.Cli.Settings;

namespace Esb.Cli.Bundles.Format;

/// <summary>What a bundle says about itself, at its beginning.</summary>
internal sealed record BundleManifest
{
    /// <summary>Of this version of ESB. A bundle of another format is refused, never guessed at.</summary>
    public const int CurrentFormat = 1;

    public const int MaxEntries = 200_000;

    /// <summary>All contents together, in bytes.</summary>
    public const long MaxBytes = 64L << 30;

    /// <summary>The version that made it.</summary>
    public required string Esb { get; init; }

    /// <summary>The mode that it is for.</summary>
    public required PlatformMode Mode { get; init; }

    /// <summary>In Lambda's words: <c>x86_64</c> or <c>arm64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>What its code is named by, and the environment that it is for.</summary>
    public required string Environment { get; init; }

    /// <summary>Nobody said an environment when it was made: it goes to the platform that is meant where it arrives, and marks none.</summary>
    public bool IsForAnyEnvironment { get; init; }

    /// <summary>Names of the templates that it was made from, the later one stronger.</summary>
    public required IReadOnlyList<string> Templates { get; init; }

    /// <summary>References of all images in it.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>What <c>--strict</c> would have refused of its templates, in lines for people; null: nobody kept it.</summary>
    public IReadOnlyList<string>? Doubts { get; init; }

    /// <summary>Sorted by path, which is the order in which they stand in the file.</summary>
    public required IReadOnlyList<BundleEntry> Entries { get; init; }

    /// <summary>Of all contents, in bytes.</summary>
    public long Bytes => Entries.Sum(e => e.Size);

    /// <summary>The architecture of this machine, in the same words.</summary>
    public static string ThisArchitecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x86_64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };

    /// <summary>The entries of each folder of code and of layers, by the folder's path in the bundle.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<BundleEntry>> Folders() =>
        Entries.Select(e => (Folder: EntryPath.FolderOf(e.Path), Entry: e))
            .Where(e => e.Folder is not null)
            .GroupBy(e => e.Folder!, e => e.Entry)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<BundleEntry>)[.. g], StringComparer.Ordinal);
}
