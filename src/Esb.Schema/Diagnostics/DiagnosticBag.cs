using System.Collections;

namespace Esb.Schema.Diagnostics;

/// <summary>Collects what is wrong with one input, so that a user sees all of it at once. Not safe for concurrent use.</summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<Diagnostic> _warnings = [];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <summary>For who wants nothing to be left out: what is said as a warning is an error.</summary>
    public bool WarningsAreErrors { get; init; }

    /// <summary>True as soon as one of the collected diagnostics is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>What the messages that are taken in do not show.</summary>
    public ConcealedTexts Concealed { get; init; } = new();

    /// <summary>Takes one diagnostic in. The same warning about the same place is kept once: a deploy reads what is there before and after it merges.</summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        diagnostic = diagnostic with { Message = Concealed.Hide(diagnostic.Message), Help = diagnostic.Help is { } help ? Concealed.Hide(help) : null };
        if (diagnostic.Severity == Severity.Warning && !_warnings.Add(diagnostic))
            return;
        if (diagnostic.Severity == Severity.Warning && WarningsAreErrors)
            diagnostic = diagnostic with { Severity = Severity.Error };
        _items.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }

    /// <summary>Adds an error; a node of a document stands for its place.</summary>
    public void Error(string code, string message, Place place = default, string? help = null) =>
        Add(new Diagnostic(Severity.Error, code, message, place.File, place.Line, place.Column, help));

    /// <summary>Adds a warning; a node of a document stands for its place.</summary>
    public void Warning(string code, string message, Place place = default, string? help = null) =>
        Add(new Diagnostic(Severity.Warning, code, message, place.File, place.Line, place.Column, help));

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
