namespace Esb.Cli.Bundles.Format;

/// <summary>One file or link of a bundle.</summary>
/// <param name="Path">With '/', relative, see <see cref="EntryPath"/>.</param>
/// <param name="Size">Bytes; 0 for a link.</param>
/// <param name="Sha256">64 hex digits over the content; empty for a link.</param>
internal sealed record BundleEntry(string Path, long Size, string Sha256)
{
    /// <summary>It may be run.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>Where a link points; null for a file.</summary>
    public string? LinkTarget { get; init; }
}
