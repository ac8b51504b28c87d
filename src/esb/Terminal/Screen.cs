using Esb.Host.Logs;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Terminal;

/// <summary>
/// The output of a command. Results go to <see cref="Output"/>, messages to <see cref="Error"/>; whether either is a
/// terminal, and whether colour is wanted, is decided once, here. Control sequences in text of functions, routes and
/// templates are made visible, so that a terminal does not execute them. No line contains a text that is
/// <see cref="Concealed"/>.
/// </summary>
internal sealed class Screen(TextWriter output, TextWriter error, ScreenTraits traits)
{
    private readonly LastingWriter? _lasting = output as LastingWriter;

    /// <summary>
    /// The secret values in the templates of the command, which are printed as asterisks in every line.
    /// </summary>
    public ConcealedTexts Concealed { get; private init; } = new();

    public TextWriter Output { get; } = VisibleWriter.Around(output);

    public TextWriter Error { get; } = VisibleWriter.Around(error);

    public ScreenTraits Traits { get; } = traits;

    /// <summary>Colours for text that goes to <see cref="Output"/>.</summary>
    public Paint Paint { get; } = new(traits.OutputColour);

    /// <summary>Colours for text that goes to <see cref="Error"/>.</summary>
    public Paint ErrorPaint { get; } = new(traits.ErrorColour);

    /// <summary>The reason why writing to standard output failed; null if it did not.</summary>
    public string? OutputFailure => _lasting?.Failure;

    public static Screen ForProcess() =>
        new(new LastingWriter(Console.Out), new LastingWriter(Console.Error), ScreenTraits.OfProcess());

    /// <summary>
    /// Ends a command. If its output could not be written, an error is printed, and the exit code is not that of
    /// success.
    /// </summary>
    /// <param name="exitCode">The exit code of the command's work.</param>
    /// <returns>The exit code of the process.</returns>
    public int End(int exitCode)
    {
        Output.Flush();
        if (OutputFailure is not { } failure)
            return exitCode;
        var what = exitCode == ExitCode.Done ? "what the command does was done, but " : "";
        var message = $"{what}standard output could not be written: {failure}";
        Report(new Diagnostic(Severity.Error, DiagnosticCodes.Environment, message));
        return exitCode == ExitCode.Done ? ExitCode.Unsaid : exitCode;
    }

    /// <summary>A screen for messages only; results are discarded.</summary>
    public Screen WithoutOutput() => new(TextWriter.Null, Error, ScreenTraits.Plain) { Concealed = Concealed };

    /// <summary>Prints one line of a result.</summary>
    public void Line(string text) => Output.WriteLine(Concealed.Hide(text));

    /// <summary>Prints one line on standard error that is neither an error nor a warning.</summary>
    public void Note(string text) => Error.WriteLine(Concealed.Hide(text));

    /// <summary>Prints one line on standard error: an error, a warning or a note, with its place.</summary>
    public void Report(Diagnostic diagnostic)
    {
        var text = Concealed.Hide(diagnostic.ToString());
        var (word, colour) = diagnostic.Severity switch
        {
            Severity.Error => ("error:", Colour.Red),
            Severity.Warning => ("warning:", Colour.Yellow),
            _ => ("note:", Colour.Dim),
        };
        var at = text.IndexOf(word, StringComparison.Ordinal);
        Error.WriteLine(at < 0 ? text : text[..at] + ErrorPaint.In(colour, word) + text[(at + word.Length)..]);
    }

    /// <summary>Prints a warning that has no place in a file.</summary>
    public void Warn(string message, string? help = null) =>
        Report(new Diagnostic(Severity.Warning, DiagnosticCodes.Environment, message, Help: help));
}
