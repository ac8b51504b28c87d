using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Reports;

/// <summary>What a person gets for input that cannot be used.</summary>
internal static class Refusal
{
    /// <summary>The same for what was found while code was looked at and built: only what a tool or the machine could not do is no fault of what was given.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="diagnostics">All that was said.</param>
    /// <param name="exitCode">When what was given is wrong.</param>
    /// <returns>The exit code.</returns>
    public static int ShowBuild(Screen screen, IReadOnlyCollection<Diagnostic> diagnostics, int exitCode) =>
        Show(screen, diagnostics, diagnostics.Any(d => d is { Severity: Severity.Error, Code: DiagnosticCodes.Environment }) ? ExitCode.Failure : exitCode);

    /// <summary>Shows what is wrong, each with its line, and how many there are.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="diagnostics">All that was said.</param>
    /// <param name="exitCode"><see cref="ExitCode.Usage"/> when what was given is wrong, <see cref="ExitCode.Failure"/> when it could not be done.</param>
    /// <returns>The exit code.</returns>
    public static int Show(Screen screen, IReadOnlyCollection<Diagnostic> diagnostics, int exitCode = ExitCode.Failure)
    {
        new DiagnosticPrinter(screen).Print(diagnostics);
        var errors = diagnostics.Count(d => d.Severity == Severity.Error);
        screen.Note($"{IncomingCounts.Counted(errors, "error")}, nothing was changed.");
        return exitCode;
    }
}
