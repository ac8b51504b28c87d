using Esb.Schema.Diagnostics;

namespace Esb.Sam.Resources;

/// <summary>A layer whose content is next to the template.</summary>
/// <param name="LogicalId">The key under <c>Resources</c>.</param>
/// <param name="Name"><c>LayerName</c>, otherwise the logical id.</param>
/// <param name="ContentPath">The path as written, relative to the template.</param>
/// <param name="CompatibleRuntimes">The list as written.</param>
/// <param name="Place">The position of the content's path.</param>
public sealed record SamLayer(
    string LogicalId,
    string Name,
    string ContentPath,
    IReadOnlyList<string> CompatibleRuntimes,
    Place Place)
{
    /// <summary>
    /// <c>Metadata: BuildMethod</c>: <c>makefile</c>, or the runtime whose dependencies are installed; null when the
    /// content is used as it is.
    /// </summary>
    public string? BuildMethod { get; init; }
}
