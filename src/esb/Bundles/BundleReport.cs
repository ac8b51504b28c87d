using Esb.Cli.Bundles.Format;
using Esb.Cli.Documents;
using Esb.Cli.Templates;
using Esb.Cli.Terminal;

namespace Esb.Cli.Bundles;

/// <summary>The description of a bundle, as text or JSON.</summary>
/// <param name="File">The path as the user gave it.</param>
/// <param name="Manifest">The manifest.</param>
/// <param name="Length">The size of the file in bytes.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 hex digits.</param>
internal sealed record BundleReport(string File, BundleManifest Manifest, long Length, string Sha256)
{
    /// <summary>
    /// The contents in one line, such as <c>process mode, x86_64, environment prod, 12 files, 1 image, 3.4 MB</c>.
    /// </summary>
    public string Contents
    {
        get
        {
            var images =
                Manifest.Images.Count == 0 ? "" : $"{IncomingCounts.Counted(Manifest.Images.Count, "image")}, ";
            return $"{Manifest.Mode} mode, {Manifest.Architecture}, "
                + $"{(Manifest.IsForAnyEnvironment ? "any environment" : $"environment {Manifest.Environment}")}, "
                + $"{IncomingCounts.Counted(Manifest.Entries.Count, "file")}, {images}{Sizes.Of(Length)}";
        }
    }

    /// <summary>The output of <c>esb bundle show</c>.</summary>
    /// <param name="all">Whether to list each file.</param>
    public IEnumerable<string> Lines(bool all)
    {
        yield return new SummaryLine("bundle", Contents).ToString();
        yield return new SummaryLine("made by", $"esb {Manifest.Esb}").ToString();
        yield return new SummaryLine("templates", string.Join(" + ", Manifest.Templates)).ToString();
        foreach (var image in Manifest.Images)
            yield return new SummaryLine("image", image).ToString();
        foreach (var (folder, entries) in Manifest.Folders())
        {
            var files = IncomingCounts.Counted(entries.Count, "file");
            var size = Sizes.Of(entries.Sum(e => e.Size));
            yield return new SummaryLine("folder", $"{folder}  {files}, {size}").ToString();
        }

        foreach (var doubt in Manifest.Doubts ?? [])
            yield return new SummaryLine("not strict", doubt).ToString();
        if (all)
        {
            foreach (var entry in Manifest.Entries)
                yield return entry.LinkTarget is { } target
                    ? $"  {entry.Path} -> {target}"
                    : $"  {entry.Path}  {entry.Size:N0}  {entry.Sha256}";
        }

        yield return $"{Sha256}  {File}";
    }

    public BundleDescription ToOutput() => new(File, Sha256, Length, ManifestJson.Document(Manifest));
}
