using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Cli.Deploying.Transaction;

/// <summary>One of the three files as it was found.</summary>
internal sealed record ConfigurationFile(string Name, YamlMapping Document, bool Exists, byte[] Bytes);

/// <summary>What stands in a configuration folder. Read while the lock is held.</summary>
internal sealed record ConfigurationFolder(ConfigurationFile Resources, ConfigurationFile Functions, ConfigurationFile Routing)
{
    /// <summary>Not one file.</summary>
    public static ConfigurationFolder Empty { get; } = new(Missing(ConfigurationFiles.Resources), Missing(ConfigurationFiles.Functions), Missing(ConfigurationFiles.Routing));

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

    private static ConfigurationFile Missing(string name) => new(name, YamlMapping.Empty, Exists: false, []);

    private static ConfigurationFile ReadDamagedFile(string folder, string name, DiagnosticBag damaged)
    {
        var path = Path.Combine(folder, name);
        return new ConfigurationFile(name, ConfigurationDocument.Read(path, damaged, out var bytes) ?? YamlMapping.Empty, File.Exists(path), bytes);
    }
}
