using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Merging;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>One of the three files as it was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">What it says.</param>
/// <param name="Exists">It is in the folder.</param>
/// <param name="Bytes">What stands in it.</param>
internal sealed record ConfigurationFile(string Name, YamlMapping Document, bool Exists, byte[] Bytes)
{
    /// <summary>What stands on the disk; the same, unless its content was found elsewhere.</summary>
    public byte[] OnDisk { get; init; } = Bytes;
}

/// <summary>What stands in a configuration folder. Read while the lock is held.</summary>
/// <param name="Files">One of each kind, in the order of <see cref="DocumentKind.All"/>.</param>
internal sealed record ConfigurationFolder(IReadOnlyList<ConfigurationFile> Files)
{
    /// <summary>Not one file.</summary>
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

    /// <summary>The files that are not there, or say nothing, not even <c>{}</c>: a gateway takes that for an accident (decision 15).</summary>
    public IReadOnlyList<string> Missing => [.. Files.Where(f => EmptyStart.SaysNothing(f.OnDisk)).Select(f => f.Name)];

    /// <summary>A gateway reads nothing from this folder, and so falls back to what is baked in.</summary>
    public bool IsUnread => EmptyStart.SaysNothing(Functions.OnDisk) && EmptyStart.SaysNothing(Routing.OnDisk);

    /// <summary>All that the files name.</summary>
    public IReadOnlyList<ConfigurationEntry> Entries => Documents.Entries;

    /// <summary>The bytes of each file.</summary>
    public IReadOnlyDictionary<string, byte[]> Contents => Files.ToDictionary(f => f.Name, f => f.Bytes, StringComparer.Ordinal);

    /// <summary>By which a gateway says that it serves this.</summary>
    public string Hash => ConfigurationHash.Of(Functions.Bytes, Routing.Bytes);

    /// <summary>The file of a kind.</summary>
    public ConfigurationFile this[DocumentKind kind] => Files.First(f => f.Name == kind.Name);

    /// <summary>One file of each kind.</summary>
    public static ConfigurationFolder Of(Func<DocumentKind, ConfigurationFile> file) => new([.. DocumentKind.All.Select(file)]);

    /// <summary>The same, where there may be no such file.</summary>
    /// <returns>Null when one is null.</returns>
    public static ConfigurationFolder? OfAll(Func<DocumentKind, ConfigurationFile?> file)
    {
        var files = DocumentKind.All.Select(file).OfType<ConfigurationFile>().ToList();
        return files.Count == DocumentKind.All.Count ? new ConfigurationFolder(files) : null;
    }

    /// <returns>Null when a file is damaged: an error with its place, never an empty start.</returns>
    public static ConfigurationFolder? Read(string path, DiagnosticBag diagnostics)
    {
        if (OfAll(kind => ReadFile(path, kind.Name, diagnostics)) is not { } folder)
            return null;
        folder.Documents.Read(diagnostics);
        return diagnostics.HasErrors ? null : folder;
    }

    /// <summary>Reads it to replace it: what cannot be read counts as empty, but its bytes are there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="damaged">Receives what is wrong.</param>
    public static ConfigurationFolder ReadDamaged(string path, DiagnosticBag damaged) =>
        Of(kind => ReadDamagedFile(path, kind.Name, damaged));

    /// <summary>The same with the content of a file that is missing.</summary>
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
