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

    /// <summary>Reads the documents as provisioner and gateway will.</summary>
    public static (ResourcesFile Resources, FunctionsFile Functions, RoutingFile Routing) Validate(
        YamlMapping resources, YamlMapping functions, YamlMapping routing, DiagnosticBag diagnostics) =>
        (ResourcesFile.Read(resources, diagnostics), FunctionsFile.Read(functions, diagnostics), RoutingFile.Read(routing, diagnostics));

    private static ConfigurationFile? ReadFile(string folder, string name, DiagnosticBag diagnostics) =>
        ConfigurationDocument.Read(Path.Combine(folder, name), diagnostics, out var bytes) is { } document
            ? new ConfigurationFile(name, document, File.Exists(Path.Combine(folder, name)), bytes)
            : null;
}
