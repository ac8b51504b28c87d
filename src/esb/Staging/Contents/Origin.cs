using Esb.Sam.Reading;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Cli.Staging.Contents;

/// <summary>
/// The function or layer that something is staged for, so that every message names it and its place in the template.
/// </summary>
/// <param name="Subject">Its name in messages, such as <c>OrdersFunction</c>.</param>
/// <param name="Place">The property that names the code.</param>
/// <param name="Diagnostics">Receives the errors; not shared with another staging that runs at the same time.</param>
internal sealed record Origin(string Subject, Place Place, DiagnosticBag Diagnostics)
{
    /// <summary>
    /// The project, in which links of the code may point to any file; null if they must stay in the code folder.
    /// </summary>
    public ProjectFiles? Project { get; init; }

    public void Error(string code, string message, string help) =>
        Diagnostics.Add(
            new Diagnostic(Severity.Error, code, $"{Subject}: {message}", Place.File, Place.Line, Place.Column, help));

    /// <summary>Adds a note, unless the same note exists.</summary>
    public void Note(string message, string help)
    {
        var note = new Diagnostic(Severity.Information, DiagnosticCodes.NotSupported, $"{Subject}: "
            + $"{message}", Place.File, Place.Line, Place.Column, help);
        if (!Diagnostics.Contains(note))
            Diagnostics.Add(note);
    }

    /// <summary>Notes that a settings file is left out of the code.</summary>
    public void LeftOut(string file) =>
        Note(
            $"{file} is left out of its code, since esb reads its own settings from it",
            "give a file that the function reads another name");

    /// <summary>Notes that a file that a setting names is left out of the code.</summary>
    public void LeftOutNamed(string file) =>
        Note($"{file} is left out of its code, since a setting of esb names it", "keep it outside of the code folder");

    /// <summary>Notes that something that ESB itself wrote is left out of the code.</summary>
    /// <param name="what">A description with the path.</param>
    public void LeftOutOwn(string what) =>
        Note($"{what} is left out of its code, since esb itself wrote it", "keep it outside of the code folder");

    public void Warning(string code, string message, string help) =>
        Diagnostics.Add(new Diagnostic(
            Severity.Warning, code, $"{Subject}: {message}", Place.File, Place.Line, Place.Column, help));
}
