using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Templates;

/// <summary>
/// Ignored and approximated properties of templates: counted in the summary, listed with <c>--verbose</c> and in the
/// receipt.
/// </summary>
internal sealed record TemplateNotes(IReadOnlyList<ReceiptLine> Lines)
{
    /// <summary><c>2 properties ignored, 1 approximated</c>; null when everything applies.</summary>
    public string? Counts
    {
        get
        {
            var ignored = Lines.Count(l => l.Outcome == Outcome.Ignored);
            var approximated = Lines.Count(l => l.Outcome == Outcome.Approximated);
            return (ignored, approximated) switch
            {
                (0, 0) => null,
                (0, 1) => "1 property approximated",
                (0, _) => $"{approximated:N0} properties approximated",
                (1, 0) => "1 property ignored",
                (_, 0) => $"{ignored:N0} properties ignored",
                (1, _) => $"1 property ignored, {approximated:N0} approximated",
                _ => $"{ignored:N0} properties ignored, {approximated:N0} approximated",
            };
        }
    }

    public IEnumerable<Diagnostic> AsDiagnostics() =>
        from line in Lines
        where line.Outcome != Outcome.Applied
        let text = $"{line.Resource}: "
            + $"{line.Property} is {(line.Outcome == Outcome.Ignored ? "ignored" : "approximated")}: {line.Reason}"
        select new Diagnostic(
            Severity.Information,
            DiagnosticCodes.NotSupported,
            text,
            line.Place.File,
            line.Place.Line,
            line.Place.Column);
}
