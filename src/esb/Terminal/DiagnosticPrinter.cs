using System.Text;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Terminal;

/// <summary>Shows diagnostics with the line of the file that each is about, and the way out below the word it means.</summary>
internal sealed class DiagnosticPrinter(Screen screen)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _files = new(StringComparer.Ordinal);

    public void Print(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Print(diagnostic);
    }

    private void Print(Diagnostic diagnostic)
    {
        if (diagnostic.File is null || SourceExcerpt.Of(diagnostic, Lines(diagnostic.File)) is not var (source, mark))
        {
            screen.Report(diagnostic);
            return;
        }

        screen.Report(diagnostic with { Help = null });
        screen.Note(source);
        var colour = diagnostic.Severity == Severity.Error ? Colour.Red : Colour.Yellow;
        screen.Note($"{screen.ErrorPaint.In(colour, mark)} {diagnostic.Help}".TrimEnd());
    }

    private IReadOnlyList<string> Lines(string file)
    {
        if (_files.TryGetValue(file, out var known))
            return known;
        try
        {
            return _files[file] = File.ReadAllText(file, Encoding.UTF8).ReplaceLineEndings("\n").Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return _files[file] = []; // The message stands without its line.
        }
    }
}
