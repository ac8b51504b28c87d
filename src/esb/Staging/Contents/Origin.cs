using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// Who something is staged for, so that every message names the function and its place in the template.
/// </summary>
/// <param name="Subject">How messages call it, e.g. <c>OrdersFunction</c>.</param>
/// <param name="Place">The property that names the code.</param>
/// <param name="Diagnostics">Takes what is wrong; not shared with another staging that runs at the same time.</param>
internal sealed record Origin(string Subject, Place Place, DiagnosticBag Diagnostics)
{
    /// <summary>From where links of the code may bring files; null: from the code folder alone.</summary>
    public ProjectFiles? Project { get; init; }

    public void Error(string code, string message, string help) =>
        Diagnostics.Add(
            new Diagnostic(Severity.Error, code, $"{Subject}: {message}", Place.File, Place.Line, Place.Column, help));

    /// <summary>Says something once.</summary>
    public void Note(string message, string help)
    {
        var note = new Diagnostic(Severity.Information, DiagnosticCodes.NotSupported, $"{Subject}: "
            + $"{message}", Place.File, Place.Line, Place.Column, help);
        if (!Diagnostics.Contains(note))
            Diagnostics.Add(note);
    }

    /// <summary>Says of a file that it is no part of the code.</summary>
    public void LeftOut(string file) =>
        Note(
            $"{file} is left out of its code, since esb reads its own settings from it",
            "give a file that the function reads another name");

    /// <summary>Says of what ESB itself wrote that it is no part of the code.</summary>
    /// <param name="what">What it is, and where.</param>
    public void LeftOutOwn(string what) =>
        Note($"{what} is left out of its code, since esb itself wrote it", "keep it outside of the code folder");

    public void Warning(string code, string message, string help) =>
        Diagnostics.Add(new Diagnostic(
            Severity.Warning, code, $"{Subject}: {message}", Place.File, Place.Line, Place.Column, help));
}
