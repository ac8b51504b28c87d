using Esb.Sam.Apis;
using Esb.Sam.Functions;
using Esb.Sam.Reading;
using Esb.Sam.Receipts;
using Esb.Sam.Resources;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam;

/// <summary>A SAM template as ESB understands it, and the receipt of what became of each part of it.</summary>
public sealed record SamTemplate
{
    /// <summary>In the order of the template.</summary>
    public required IReadOnlyList<SamFunction> Functions { get; init; }

    /// <summary>In the order of the template.</summary>
    public required IReadOnlyList<SamRoute> Routes { get; init; }

    /// <summary>In the order of the template.</summary>
    public required IReadOnlyList<SamLayer> Layers { get; init; }

    /// <summary>In the order of the template.</summary>
    public required IReadOnlyList<SamResource> Tables { get; init; }

    /// <summary>In the order of the template.</summary>
    public required IReadOnlyList<SamResource> Buckets { get; init; }

    /// <summary>One line for each resource and property.</summary>
    public required IReadOnlyList<ReceiptLine> Receipt { get; init; }

    /// <summary>
    /// Reads a template: text → tree → resolved resources → model.
    /// </summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="file">Its name for messages.</param>
    /// <param name="options">Parameter values and what the pseudo parameters say.</param>
    /// <param name="diagnostics">Takes everything that is wrong, not only the first.</param>
    /// <returns>The model, or null when the template cannot be used; then <paramref name="diagnostics"/> has an error.</returns>
    public static SamTemplate? Read(string text, string file, SamOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var document = YamlReader.Read(text, file, diagnostics);
        if (document is not null and not YamlMapping)
            diagnostics.Error(DiagnosticCodes.WrongKind, $"a template must be a mapping, this is {document.Kind}", document);
        if (document is not YamlMapping written || ShortTags.Expand(written, diagnostics) is not YamlMapping template)
            return null;
        var model = new TemplateReader(template, options, diagnostics).Read();
        return diagnostics.HasErrors ? null : model;
    }
}
