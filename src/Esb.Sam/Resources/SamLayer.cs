using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resources;

/// <summary>A layer whose content is beside the template.</summary>
/// <param name="LogicalId">The key under <c>Resources</c>.</param>
/// <param name="Name"><c>LayerName</c>, otherwise the logical id.</param>
/// <param name="ContentPath">As written, relative to the template.</param>
/// <param name="CompatibleRuntimes">As written.</param>
/// <param name="Place">Where the content's path stands.</param>
public sealed record SamLayer(string LogicalId, string Name, string ContentPath, IReadOnlyList<string> CompatibleRuntimes, Place Place)
{
    /// <summary><c>Metadata: BuildMethod</c>: <c>makefile</c> or the runtime that dependencies are installed for; null when the content is taken as it is.</summary>
    public string? BuildMethod { get; init; }
}

/// <summary>A table or bucket under CloudFormation's property names.</summary>
/// <param name="LogicalId">The key under <c>Resources</c>.</param>
/// <param name="Name">Its physical name.</param>
/// <param name="Properties">All of them, the name first.</param>
public sealed record SamResource(string LogicalId, string Name, YamlMapping Properties);
