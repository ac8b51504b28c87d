using Esb.Schema.Yaml;

namespace Esb.Sam.Generating;

/// <summary>Puts what was built into a generated <c>functions.yml</c>.</summary>
public static class BuiltFunctions
{
    // The keys that come before the revision in the file.
    private static readonly string[] Head = ["image", "code", "runtime", "handler"];

    /// <summary>Returns the document with each function running from its artifact.</summary>
    /// <param name="document">The document that <see cref="FilesGenerator"/> makes.</param>
    /// <param name="artifacts">The artifacts by function name. A function without one stays as it is.</param>
    public static YamlMapping In(YamlMapping document, IReadOnlyDictionary<string, FunctionArtifact> artifacts)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(artifacts);
        if (document["functions"] is not YamlMapping functions)
            return document;
        return document.With("functions", new YamlMapping([.. functions.Entries.Select(Built)]));

        YamlEntry Built(YamlEntry entry) =>
            entry.Value is YamlMapping function && artifacts.TryGetValue(entry.Key.Value, out var artifact)
                ? entry with { Value = From(function, artifact) }
                : entry;
    }

    private static YamlMapping From(YamlMapping function, FunctionArtifact artifact)
    {
        var layers = artifact.Layers.Count == 0
            ? function.Without("layers")
            : function.With("layers", YamlSequence.OfText(artifact.Layers));
        var head = YamlMapping.Of(
            ("image", artifact.Image is { } image ? YamlScalar.Text(image) : null),
            ("code", artifact.Code is { } code ? YamlScalar.Text(code) : null),
            ("runtime", function["runtime"]),
            ("handler", function["handler"]),
            // The revision is always quoted: eight digits, or digits with an e among them, would be read as a number.
            ("revision", new YamlScalar(artifact.Revision)));
        return new YamlMapping([.. head.Entries, .. layers.Entries.Where(e => !Head.Contains(e.Key.Value))]);
    }
}
