using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Documents;

/// <summary>
/// The result of reading templates: <c>esb validate --json</c>, <c>esb generate --json</c> and <c>esb build --json</c>,
/// and <c>receipt.json</c> of <c>esb generate</c>.
/// </summary>
/// <param name="Templates">The templates, as they were named.</param>
/// <param name="Valid">Whether there is no error.</param>
/// <param name="Summary">What they contain, in one line; null when there is an error.</param>
/// <param name="Counts">The number of lines of each outcome.</param>
/// <param name="Template">How each resource and property is treated.</param>
/// <param name="Diagnostics">Errors and warnings.</param>
internal sealed record TemplateOutput(
    IReadOnlyList<string> Templates,
    bool Valid,
    string? Summary,
    OutcomeCountsOutput Counts,
    IReadOnlyList<TemplateLineOutput> Template,
    IReadOnlyList<DiagnosticOutput> Diagnostics);

/// <summary>The number of lines of each outcome.</summary>
/// <param name="Applied">Properties with the effect that they have on AWS.</param>
/// <param name="Approximated">Properties with a similar effect.</param>
/// <param name="Ignored">Properties without effect.</param>
internal sealed record OutcomeCountsOutput(int Applied, int Approximated, int Ignored);

/// <summary>How one resource or property of a template is treated.</summary>
/// <param name="Resource">The logical id.</param>
/// <param name="Property">The property; the type of the resource when the line concerns all of it.</param>
/// <param name="Outcome">How it is treated.</param>
/// <param name="Reason">How it is approximated, or why it is ignored; empty when applied.</param>
/// <param name="File">The template; null when unknown.</param>
/// <param name="Line">The line, counted from 1.</param>
internal sealed record TemplateLineOutput(
    string Resource,
    string Property,
    Outcome Outcome,
    string Reason,
    string? File,
    int Line);

/// <summary>An error or a warning.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">The code, such as <c>ESB1013</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="File">The file; null when it concerns no file.</param>
/// <param name="Line">The line, counted from 1; 0 when unknown.</param>
/// <param name="Column">The column, counted from 1; 0 when unknown.</param>
/// <param name="Help">How to correct it; null when that is not known.</param>
internal sealed record DiagnosticOutput(
    Severity Severity,
    string Code,
    string Message,
    string? File,
    int Line,
    int Column,
    string? Help)
{
    public static DiagnosticOutput Of(Diagnostic diagnostic) => new(
        Severity: diagnostic.Severity,
        Code: diagnostic.Code,
        Message: diagnostic.Message,
        File: diagnostic.File,
        Line: diagnostic.Line,
        Column: diagnostic.Column,
        Help: diagnostic.Help);
}
