using Esb.Cli.Deploying.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What a person gets for input that cannot be used.</summary>
internal static class Refusal
{
    /// <summary>Shows what is wrong, each with its line, and how many there are.</summary>
    /// <returns>The exit code.</returns>
    public static int Show(Screen screen, IReadOnlyCollection<Diagnostic> diagnostics)
    {
        new DiagnosticPrinter(screen).Print(diagnostics);
        var errors = diagnostics.Count(d => d.Severity == Severity.Error);
        screen.Note($"{IncomingCounts.Counted(errors, "error")}, nothing was changed.");
        return ExitCode.Failure;
    }
}
