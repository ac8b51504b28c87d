using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>Tags such as <c>!Sub</c> mean something in templates only.</summary>
public static class YamlTags
{
    /// <summary>Says which nodes of a document have one.</summary>
    public static void Refuse(YamlNode node, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (node.Tag is { } tag)
            diagnostics.Error(DiagnosticCodes.NotSupported, $"the tag '{tag}' means nothing here", node, "write the value itself");
        foreach (var inner in node switch { YamlMapping map => map.Entries.Select(e => e.Value), YamlSequence list => list.Items, _ => [] })
            Refuse(inner, diagnostics);
    }
}
