using Esb.Schema.Diagnostics;

namespace Esb.Cli;

/// <summary>
/// Ends a command with messages for its user. Only <c>CommandLine</c> catches it, prints the messages and returns the
/// exit code.
/// </summary>
internal sealed class CommandFailure(int exitCode, IReadOnlyList<Diagnostic> diagnostics)
    : Exception(diagnostics[0].Message)
{
    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>Lines that are printed unchanged below the messages, such as the end of a log.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The same failure with lines below its messages.</summary>
    public CommandFailure WithDetails(IReadOnlyList<string> details) =>
        new(ExitCode, Diagnostics) { Details = details };

    /// <summary>Something outside ESB failed: exit code 1.</summary>
    public static CommandFailure Environment(string message, string? help = null) =>
        new(Cli.ExitCode.Failure, [new Diagnostic(Severity.Error, DiagnosticCodes.Environment, message, Help: help)]);

    /// <summary>The command line, or a file that it names, cannot be used: exit code 2.</summary>
    public static CommandFailure Usage(string message, string? help = null) =>
        new(Cli.ExitCode.Usage, [new Diagnostic(Severity.Error, DiagnosticCodes.Setting, message, Help: help)]);
}
