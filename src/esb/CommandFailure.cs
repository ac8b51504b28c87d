using Esb.Schema.Diagnostics;

namespace Esb.Cli;

/// <summary>
/// Ends a command with messages that a person can act on. Only <c>CommandLine</c> catches it, prints what it holds and
/// exits with its code.
/// </summary>
internal sealed class CommandFailure(int exitCode, IReadOnlyList<Diagnostic> diagnostics) : Exception(diagnostics[0].Message)
{
    public int ExitCode { get; } = exitCode;

    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;

    /// <summary>What is shown below the messages as it is, for example the last lines of a log.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The same failure with what is shown below its messages.</summary>
    public CommandFailure WithDetails(IReadOnlyList<string> details) => new(ExitCode, Diagnostics) { Details = details };

    /// <summary>Something outside failed: exit code 1.</summary>
    public static CommandFailure Environment(string message, string? help = null) =>
        new(Cli.ExitCode.Failure, [new Diagnostic(Severity.Error, DiagnosticCodes.Environment, message, Help: help)]);

    /// <summary>The command line, or a file that it names, cannot be used: exit code 2.</summary>
    public static CommandFailure Usage(string message, string? help = null) =>
        new(Cli.ExitCode.Usage, [new Diagnostic(Severity.Error, DiagnosticCodes.Setting, message, Help: help)]);
}
