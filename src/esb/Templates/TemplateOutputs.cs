using Esb.Cli.Documents;
using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Templates;

/// <summary>Receipts and diagnostics for <c>--json</c>.</summary>
internal static class TemplateOutputs
{
    /// <summary>The document of <c>esb validate</c>, <c>esb generate</c> and <c>esb build</c>.</summary>
    public static TemplateOutput Of(
        IReadOnlyList<string> templates,
        string? summary,
        TemplateNotes notes,
        IReadOnlyCollection<Diagnostic> diagnostics)
    {
        int Count(Outcome outcome) => notes.Lines.Count(l => l.Outcome == outcome);
        return new TemplateOutput(
            Templates: templates,
            Valid: diagnostics.All(d => d.Severity != Severity.Error),
            Summary: summary,
            Counts: new OutcomeCountsOutput(
                Count(Outcome.Applied), Count(Outcome.Approximated), Count(Outcome.Ignored)),
            Template: Lines(notes),
            Diagnostics: [.. diagnostics.Select(DiagnosticOutput.Of)]);
    }

    public static IReadOnlyList<TemplateLineOutput> Lines(TemplateNotes notes) =>
    [
        .. notes.Lines.Select(line => new TemplateLineOutput(
            Resource: line.Resource,
            Property: line.Property,
            Outcome: line.Outcome,
            Reason: line.Reason,
            File: line.Place.File,
            Line: line.Place.Line)),
    ];
}
