using Esb.Host.Files;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;

namespace Esb.Cli.Terminal;

/// <summary>
/// Prints diagnostics with their source lines, and the help text below the marked word. Lines of the three
/// configuration files are not shown, since they hold secrets: environments, API keys, headers of servers.
/// </summary>
internal sealed class DiagnosticPrinter(Screen screen)
{
    private readonly Dictionary<string, IReadOnlyList<string>> _files = new(StringComparer.Ordinal);

    public void Print(IEnumerable<Diagnostic> diagnostics) =>
        Print(diagnostics, (diagnostics as DiagnosticBag)?.Concealed);

    /// <param name="diagnostics">In the order in which they are shown.</param>
    /// <param name="concealed">Secret values; a source line that holds one is not shown.</param>
    public void Print(IEnumerable<Diagnostic> diagnostics, ConcealedTexts? concealed)
    {
        foreach (var diagnostic in diagnostics)
            Print(diagnostic, concealed);
    }

    private void Print(Diagnostic diagnostic, ConcealedTexts? concealed)
    {
        if (diagnostic.File is null
            || ConfigurationFiles.Names.Contains(Path.GetFileName(diagnostic.File))
            || SourceExcerpt.Of(diagnostic, Lines(diagnostic.File)) is not var (source, mark)
            || (concealed is not null && concealed.Hide(source) != source))
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
            return _files[file] = OrdinaryFile.ReadText(file).ReplaceLineEndings("\n").Split('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return _files[file] = []; // The message is printed without the source line.
        }
    }
}
