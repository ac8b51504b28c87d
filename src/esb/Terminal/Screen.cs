using System.Text;
using Esb.Host.Logs;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Terminal;

/// <summary>
/// The output of a command. Results go to <see cref="Output"/>, messages to <see cref="Error"/>; whether either is a
/// terminal, and whether colour is wanted, is decided once, here. Text of functions, routes and templates is made
/// visible, so that a terminal executes no control sequence of it. No line contains what is <see cref="Concealed"/>.
/// </summary>
internal sealed class Screen(TextWriter output, TextWriter error, ScreenTraits traits)
{
    /// <summary>The secret values of the command's templates, shown as asterisks in each line.</summary>
    public ConcealedTexts Concealed { get; private init; } = new();

    public TextWriter Output { get; } = VisibleWriter.Around(output);

    public TextWriter Error { get; } = VisibleWriter.Around(error);

    public ScreenTraits Traits { get; } = traits;

    /// <summary>Colours for text that goes to <see cref="Output"/>.</summary>
    public Paint Paint { get; } = new(traits.OutputColour);

    /// <summary>Colours for text that goes to <see cref="Error"/>.</summary>
    public Paint ErrorPaint { get; } = new(traits.ErrorColour);

    public static Screen ForProcess() => new(Console.Out, Console.Error, ScreenTraits.OfProcess());

    /// <summary>A screen for messages only; results are discarded.</summary>
    public Screen WithoutOutput() => new(TextWriter.Null, Error, ScreenTraits.Plain) { Concealed = Concealed };

    /// <summary>Writes text to standard output without setting up a console, for a fast start.</summary>
    public static void WriteRaw(string text)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>One line of a result.</summary>
    public void Line(string text) => Output.WriteLine(Concealed.Hide(text));

    /// <summary>One line on standard error that is neither error nor warning.</summary>
    public void Note(string text) => Error.WriteLine(Concealed.Hide(text));

    /// <summary>One line on standard error: error, warning or note, with its place.</summary>
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

    /// <summary>A warning that has no place in a file.</summary>
    public void Warn(string message, string? help = null) =>
        Report(new Diagnostic(Severity.Warning, DiagnosticCodes.Environment, message, Help: help));
}
