using System.Text.Encodings.Web;
using System.Text.Json;
using Esb.Cli.Settings;

namespace Esb.Cli.Bundles.Format;

/// <summary>Reads and writes <c>manifest.json</c>. A manifest that is read is checked.</summary>
internal static class ManifestJson
{
    public const string FileName = "manifest.json";

    /// <summary>Enough for the largest number of entries with paths of typical length.</summary>
    public const int MaxBytes = 64 << 20;

    private const int Sha256Length = 64;

    // This encoder keeps paths readable; the document is never part of an HTML page.
    private static readonly ManifestContext Writing = new(new JsonSerializerOptions(ManifestContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static byte[] Write(BundleManifest manifest) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(Document(manifest), Writing.ManifestDocument), (byte)'\n'];

    public static ManifestDocument Document(BundleManifest manifest) => new()
    {
        Format = BundleManifest.CurrentFormat,
        Esb = manifest.Esb,
        Mode = manifest.Mode.Name,
        Architecture = manifest.Architecture,
        Environment = manifest.Environment,
        AnyEnvironment = manifest.IsForAnyEnvironment,
        Templates = manifest.Templates,
        Images = manifest.Images,
        Doubts = manifest.Doubts,
        Entries = [.. manifest.Entries.Select(Document)],
    };

    /// <exception cref="BundleFault">This version cannot use the bundle.</exception>
    public static BundleManifest Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            RequireFormat(JsonSerializer.Deserialize(bytes.Span, ManifestContext.Default.ManifestHeader));
            var document = JsonSerializer.Deserialize(bytes.Span, ManifestContext.Default.ManifestDocument)!;
            var manifest = new BundleManifest
            {
                Esb = EntryPath.Printable(document.Esb),
                Mode = Mode(EntryPath.Printable(document.Mode)),
                Architecture = EntryPath.Printable(document.Architecture),
                Environment = EntryPath.Printable(document.Environment),
                IsForAnyEnvironment = document.AnyEnvironment,
                Templates = Texts(document.Templates),
                Images = Texts(document.Images),
                Doubts = document.Doubts is { } doubts ? Texts(doubts) : null,
                Entries = [.. document.Entries.Select(Entry)],
            };
            ManifestCheck.Require(manifest);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new BundleFault($"its {FileName} is not what esb bundle writes: {EntryPath.Printable(e.Message)}");
        }
    }

    private static PlatformMode Mode(string name) => PlatformMode.Find(name)
        ?? throw new BundleFault($"it is for the mode '{name}', which this esb does not know");

    private static void RequireFormat(ManifestHeader? header)
    {
        if (header is null)
            throw new FormatException("it is null");
        if (header.Format == BundleManifest.CurrentFormat)
            return;
        throw new BundleFault(
            $"it has format {header.Format}; this esb reads format {BundleManifest.CurrentFormat}",
            $"use the esb that made it ({EntryPath.Printable(header.Esb ?? "")}), or make it again with this one");
    }

    private static ManifestEntry Document(BundleEntry entry) => entry.LinkTarget is { } target
        ? new ManifestEntry { Path = entry.Path, Link = target }
        : new ManifestEntry
        {
            Path = entry.Path,
            Size = entry.Size,
            Sha256 = entry.Sha256,
            Executable = entry.IsExecutable,
        };

    private static BundleEntry Entry(ManifestEntry? entry)
    {
        if (entry is null)
            throw new FormatException("an entry is null");
        if (entry.Link is { } link)
            return new BundleEntry(entry.Path, 0, "") { LinkTarget = link };
        if (entry.Sha256 is not { Length: Sha256Length } sum || !sum.All(char.IsAsciiHexDigitLower))
            throw new FormatException($"'{entry.Sha256}' is not a SHA-256");
        return entry.Size is { } size
            ? new BundleEntry(entry.Path, size, sum) { IsExecutable = entry.Executable }
            : throw new FormatException($"'{entry.Path}' has no size");
    }

    private static List<string> Texts(IReadOnlyList<string?> texts) =>
        [.. texts.Select(t => EntryPath.Printable(t ?? ""))];
}
