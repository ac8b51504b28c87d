using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>Refuses tags such as <c>!Sub</c>, which have a meaning in templates only.</summary>
public static class YamlTags
{
    /// <summary>Reports the nodes of a document that have a tag.</summary>
    public static void Refuse(YamlNode node, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (node.Tag is { } tag)
            diagnostics.Error(
                DiagnosticCodes.NotSupported, $"the tag '{tag}' means nothing here", node, "write the value itself");
        var children = node switch
        {
            YamlMapping map => map.Entries.Select(e => e.Value),
            YamlSequence list => list.Items,
            _ => [],
        };
        foreach (var child in children)
            Refuse(child, diagnostics);
    }
}
