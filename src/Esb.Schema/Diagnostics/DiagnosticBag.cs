using System.Collections;

namespace Esb.Schema.Diagnostics;

/// <summary>
/// Collects what is wrong with an input, so that a user sees all of it at once. Not safe for concurrent use.
/// </summary>
public sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    private readonly List<Diagnostic> _items = [];
    private readonly HashSet<Diagnostic> _warnings = [];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <summary>Whether warnings are added as errors, for callers that want nothing to be ignored.</summary>
    public bool WarningsAreErrors { get; init; }

    /// <summary>Whether one of the collected diagnostics is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The texts that added messages do not show.</summary>
    public ConcealedTexts Concealed { get; init; } = new();

    /// <summary>
    /// Adds a diagnostic. The same warning about the same place is kept once, because a deploy reads the files before
    /// and after the merge.
    /// </summary>
    public void Add(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        diagnostic = diagnostic with
        {
            Message = Concealed.Hide(diagnostic.Message),
            Help = diagnostic.Help is { } help ? Concealed.Hide(help) : null,
        };
        if (diagnostic.Severity == Severity.Warning && !_warnings.Add(diagnostic))
            return;
        if (diagnostic.Severity == Severity.Warning && WarningsAreErrors)
            diagnostic = diagnostic with { Severity = Severity.Error };
        _items.Add(diagnostic);
        HasErrors |= diagnostic.Severity == Severity.Error;
    }

    /// <summary>Adds an error; a node of a document converts to its place.</summary>
    public void Error(string code, string message, Place place = default, string? help = null) =>
        Add(new Diagnostic(Severity.Error, code, message, place.File, place.Line, place.Column, help));

    /// <summary>Adds a warning; a node of a document converts to its place.</summary>
    public void Warning(string code, string message, Place place = default, string? help = null) =>
        Add(new Diagnostic(Severity.Warning, code, message, place.File, place.Line, place.Column, help));

    /// <inheritdoc/>
    public IEnumerator<Diagnostic> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
