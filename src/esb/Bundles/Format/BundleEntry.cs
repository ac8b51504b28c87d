namespace Esb.Cli.Bundles.Format;

/// <summary>One file or link of a bundle.</summary>
/// <param name="Path">The relative path, with '/', see <see cref="EntryPath"/>.</param>
/// <param name="Size">The size in bytes; 0 for a link.</param>
/// <param name="Sha256">The SHA-256 of the content, 64 hex digits; empty for a link.</param>
internal sealed record BundleEntry(string Path, long Size, string Sha256)
{
    /// <summary>Whether the file is executable.</summary>
    public bool IsExecutable { get; init; }

    /// <summary>The target of a link; null for a file.</summary>
    public string? LinkTarget { get; init; }
}
