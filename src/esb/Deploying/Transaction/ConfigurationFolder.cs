using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>One of the three files as found in the folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">Its parsed content.</param>
/// <param name="Exists">Whether it is in the folder.</param>
/// <param name="Bytes">Its bytes.</param>
internal sealed record ConfigurationFile(string Name, YamlMapping Document, bool Exists, byte[] Bytes)
{
    /// <summary>
    /// The bytes on the disk; they differ from <see cref="Bytes"/> when the content was found elsewhere.
    /// </summary>
    public byte[] OnDisk { get; init; } = Bytes;
}

/// <summary>
/// The content of a configuration folder. A command that changes the folder reads it while holding the lock.
/// </summary>
/// <param name="Files">One of each kind, in the order of <see cref="DocumentKind.All"/>.</param>
internal sealed record ConfigurationFolder(IReadOnlyList<ConfigurationFile> Files)
{
    /// <summary>A folder without files.</summary>
    public static ConfigurationFolder Empty { get; } =
        Of(kind => new ConfigurationFile(kind.Name, YamlMapping.Empty, Exists: false, []));

    /// <summary>resources.yml.</summary>
    public ConfigurationFile Resources => this[DocumentKind.Resources];

    /// <summary>functions.yml.</summary>
    public ConfigurationFile Functions => this[DocumentKind.Functions];

    /// <summary>routing.yml.</summary>
    public ConfigurationFile Routing => this[DocumentKind.Routing];

    /// <summary>The three documents.</summary>
    public ConfigurationDocuments Documents => ConfigurationDocuments.Of(kind => this[kind].Document);

    /// <summary>
    /// The files that are missing or empty, without even <c>{}</c>: a gateway treats that as an accident (decision 15).
    /// </summary>
    public IReadOnlyList<string> Missing => [.. Files.Where(f => EmptyStart.SaysNothing(f.OnDisk)).Select(f => f.Name)];

    /// <summary>Whether a gateway finds nothing in this folder and falls back to the baked-in configuration.</summary>
    public bool IsUnread => EmptyStart.SaysNothing(Functions.OnDisk) && EmptyStart.SaysNothing(Routing.OnDisk);

    /// <summary>All entries of the files.</summary>
    public IReadOnlyList<ConfigurationEntry> Entries => Documents.Entries;

    /// <summary>The bytes of each file.</summary>
    public IReadOnlyDictionary<string, byte[]> Contents =>
        Files.ToDictionary(f => f.Name, f => f.Bytes, StringComparer.Ordinal);

    /// <summary>The hash that a gateway reports when it serves this.</summary>
    public string Hash => ConfigurationHash.Of(Functions.Bytes, Routing.Bytes);

    /// <summary>The file of a kind.</summary>
    public ConfigurationFile this[DocumentKind kind] => Files.First(f => f.Name == kind.Name);

    /// <summary>One file of each kind.</summary>
    public static ConfigurationFolder Of(Func<DocumentKind, ConfigurationFile> file) =>
        new([.. DocumentKind.All.Select(file)]);

    /// <summary>One file of each kind, each of which may be missing.</summary>
    /// <returns>Null when one is missing.</returns>
    public static ConfigurationFolder? OfAll(Func<DocumentKind, ConfigurationFile?> file)
    {
        var files = DocumentKind.All.Select(file).OfType<ConfigurationFile>().ToList();
        return files.Count == DocumentKind.All.Count ? new ConfigurationFolder(files) : null;
    }

    /// <returns>Null when a file is damaged, which is an error and never counts as empty.</returns>
    public static ConfigurationFolder? Read(string path, DiagnosticBag diagnostics)
    {
        if (OfAll(kind => ReadFile(path, kind.Name, diagnostics)) is not { } folder)
            return null;
        folder.Documents.Read(diagnostics);
        return diagnostics.HasErrors ? null : folder;
    }

    /// <summary>
    /// Reads the folder to replace its files: a file that cannot be parsed counts as empty, but keeps its bytes.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="damaged">Receives the errors.</param>
    public static ConfigurationFolder ReadDamaged(string path, DiagnosticBag damaged) =>
        Of(kind => ReadDamagedFile(path, kind.Name, damaged));

    /// <summary>The same folder, with content for a missing file.</summary>
    public ConfigurationFolder With(string name, YamlMapping document, byte[] bytes) =>
        new([.. Files.Select(f => f.Name == name ? f with { Document = document, Bytes = bytes } : f)]);

    private static ConfigurationFile? ReadFile(string folder, string name, DiagnosticBag diagnostics)
    {
        var path = Path.Combine(folder, name);
        return ConfigurationDocument.Read(path, diagnostics, out var bytes) is { } document
            ? new ConfigurationFile(name, document, File.Exists(path), bytes)
            : null;
    }

    private static ConfigurationFile ReadDamagedFile(string folder, string name, DiagnosticBag damaged)
    {
        var path = Path.Combine(folder, name);
        var document = ConfigurationDocument.Read(path, damaged, out var bytes) ?? YamlMapping.Empty;
        return new ConfigurationFile(name, document, File.Exists(path), bytes);
    }
}
