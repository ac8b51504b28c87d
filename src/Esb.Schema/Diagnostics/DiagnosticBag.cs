using System.Collections;
using Esb.Schema.Yaml;

namespace Esb.Schema.Diagnostics;

/// <summary>Collects what is wrong with one input, so that a user sees all of it at once. Not safe for concurrent use.</summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly List<Diagnostic> _items = [];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <summary>True as soon as one of the collected diagnostics is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Takes one diagnostic in.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        _items.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }

    /// <summary>Adds an error at the place of <paramref name="node"/>.</summary>
    public void Error(string code, string message, YamlNode? node = null, string? help = null) =>
        Add(At(Severity.Error, code, message, node, help));

    /// <summary>Adds a warning at the place of <paramref name="node"/>.</summary>
    public void Warning(string code, string message, YamlNode? node = null, string? help = null) =>
        Add(At(Severity.Warning, code, message, node, help));

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Diagnostic At(Severity severity, string code, string message, YamlNode? node, string? help)
    {
        var place = node?.Place ?? default;
        return new Diagnostic(severity, code, message, place.File, place.Line, place.Column, help);
    }
}
