using Esb.Cli.Templates;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Deploying.Reports;

/// <summary>The messages for input that cannot be used.</summary>
internal static class Refusal
{
    /// <summary>
    /// Prints the errors of a build. A failure of a tool or of the machine is not an error of the input.
    /// </summary>
    /// <param name="screen">The screen to print on.</param>
    /// <param name="diagnostics">All diagnostics.</param>
    /// <param name="exitCode">The exit code for errors of the input.</param>
    /// <returns>The exit code.</returns>
    public static int ShowBuild(Screen screen, IReadOnlyCollection<Diagnostic> diagnostics, int exitCode) =>
        Show(
            screen,
            diagnostics,
            diagnostics.Any(d => d is { Severity: Severity.Error, Code: DiagnosticCodes.Environment })
                ? ExitCode.Failure
                : exitCode);

    /// <summary>Prints the diagnostics and the number of errors.</summary>
    /// <param name="screen">The screen to print on.</param>
    /// <param name="diagnostics">All diagnostics.</param>
    /// <param name="exitCode"><see cref="ExitCode.Usage"/> for errors of the input, <see cref="ExitCode.Failure"/> when
    /// the command failed.</param>
    /// <returns>The exit code.</returns>
    public static int Show(Screen screen, IReadOnlyCollection<Diagnostic> diagnostics, int exitCode = ExitCode.Failure)
    {
        new DiagnosticPrinter(screen).Print(diagnostics);
        var errors = diagnostics.Count(d => d.Severity == Severity.Error);
        screen.Note($"{IncomingCounts.Counted(errors, "error")}; nothing was changed.");
        return exitCode;
    }
}
