using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Merging;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
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
internal sealed record ConfigurationFolder(ConfigurationFile Resources, ConfigurationFile Functions, ConfigurationFile Routing)
{
    /// <summary>Not one file.</summary>
    public static ConfigurationFolder Empty { get; } = new(NotThere(ConfigurationFiles.Resources), NotThere(ConfigurationFiles.Functions), NotThere(ConfigurationFiles.Routing));

    /// <returns>Null when a file is damaged: an error with its place, never an empty start.</returns>
    public static ConfigurationFolder? Read(string path, DiagnosticBag diagnostics)
    {
        var resources = ReadFile(path, ConfigurationFiles.Resources, diagnostics);
        var functions = ReadFile(path, ConfigurationFiles.Functions, diagnostics);
        var routing = ReadFile(path, ConfigurationFiles.Routing, diagnostics);
        if (resources is null || functions is null || routing is null)
            return null;
        Validate(resources.Document, functions.Document, routing.Document, diagnostics);
        return diagnostics.HasErrors ? null : new ConfigurationFolder(resources, functions, routing);
    }

    /// <summary>Reads it for who will replace it: what cannot be read counts as empty, but its bytes are there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="damaged">Takes what is wrong.</param>
    public static ConfigurationFolder ReadDamaged(string path, DiagnosticBag damaged) => new(
        ReadDamagedFile(path, ConfigurationFiles.Resources, damaged),
        ReadDamagedFile(path, ConfigurationFiles.Functions, damaged),
        ReadDamagedFile(path, ConfigurationFiles.Routing, damaged));

    /// <summary>The files that are not there, or say nothing, not even <c>{}</c>: a gateway takes that for an accident (decision 15).</summary>
    public IReadOnlyList<string> Missing => [.. new[] { Resources, Functions, Routing }.Where(f => EmptyStart.SaysNothing(f.OnDisk)).Select(f => f.Name)];

    /// <summary>A gateway reads nothing from this folder, and so falls back to what is baked in.</summary>
    public bool IsUnread => EmptyStart.SaysNothing(Functions.OnDisk) && EmptyStart.SaysNothing(Routing.OnDisk);

    /// <summary>The same with the content of a file that is missing.</summary>
    public ConfigurationFolder With(string name, YamlMapping document, byte[] bytes) => name switch
    {
        ConfigurationFiles.Functions => this with { Functions = Functions with { Document = document, Bytes = bytes } },
        ConfigurationFiles.Routing => this with { Routing = Routing with { Document = document, Bytes = bytes } },
        _ => this with { Resources = Resources with { Document = document, Bytes = bytes } },
    };

    /// <summary>All that the files name.</summary>
    public IReadOnlyList<ConfigurationEntry> Entries => ConfigurationEntry.Of(Resources.Document, Functions.Document, Routing.Document);

    /// <summary>The bytes of each file.</summary>
    public IReadOnlyDictionary<string, byte[]> Contents => new[] { Resources, Functions, Routing }.ToDictionary(f => f.Name, f => f.Bytes, StringComparer.Ordinal);

    /// <summary>By which a gateway says that it serves this.</summary>
    public string Hash => ConfigurationHash.Of(Functions.Bytes, Routing.Bytes);

    /// <summary>Reads the documents as provisioner and gateway will.</summary>
    public static (ResourcesFile Resources, FunctionsFile Functions, RoutingFile Routing) Validate(
        YamlMapping resources, YamlMapping functions, YamlMapping routing, DiagnosticBag diagnostics) =>
        (ResourcesFile.Read(resources, diagnostics), FunctionsFile.Read(functions, diagnostics), RoutingFile.Read(routing, diagnostics));

    private static ConfigurationFile? ReadFile(string folder, string name, DiagnosticBag diagnostics) =>
        ConfigurationDocument.Read(Path.Combine(folder, name), diagnostics, out var bytes) is { } document
            ? new ConfigurationFile(name, document, File.Exists(Path.Combine(folder, name)), bytes)
            : null;

    private static ConfigurationFile NotThere(string name) => new(name, YamlMapping.Empty, Exists: false, []);

    private static ConfigurationFile ReadDamagedFile(string folder, string name, DiagnosticBag damaged)
    {
        var path = Path.Combine(folder, name);
        return new ConfigurationFile(name, ConfigurationDocument.Read(path, damaged, out var bytes) ?? YamlMapping.Empty, File.Exists(path), bytes);
    }
}
