using Esb.Schema.Diagnostics;
using Esb.Schema.Functions;
using Esb.Schema.Resources;
using Esb.Schema.Routing;
using Esb.Schema.Yaml;

namespace Esb.Schema.Merging;

/// <summary>The three documents together.</summary>
/// <param name="Resources">resources.yml.</param>
/// <param name="Functions">functions.yml.</param>
/// <param name="Routing">routing.yml.</param>
public record ConfigurationDocuments(YamlMapping Resources, YamlMapping Functions, YamlMapping Routing)
{
    /// <summary>Three documents without keys.</summary>
    public static ConfigurationDocuments Empty { get; } = new(YamlMapping.Empty, YamlMapping.Empty, YamlMapping.Empty);

    /// <summary>The document of a kind.</summary>
    public YamlMapping this[DocumentKind kind] =>
        kind == DocumentKind.Resources ? Resources : kind == DocumentKind.Functions ? Functions : Routing;

    /// <summary>All entries of the three documents.</summary>
    public IReadOnlyList<ConfigurationEntry> Entries => ConfigurationEntry.Of(Resources, Functions, Routing);

    /// <summary>One document of each kind.</summary>
    public static ConfigurationDocuments Of(Func<DocumentKind, YamlMapping> document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new ConfigurationDocuments(
            document(DocumentKind.Resources), document(DocumentKind.Functions), document(DocumentKind.Routing));
    }

    /// <summary>Reads the documents as the provisioner and the gateway will.</summary>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public (ResourcesFile Resources, FunctionsFile Functions, RoutingFile Routing) Read(DiagnosticBag diagnostics) => (
        ResourcesFile.Read(Resources, diagnostics),
        FunctionsFile.Read(Functions, diagnostics),
        RoutingFile.Read(Routing, diagnostics));
}
