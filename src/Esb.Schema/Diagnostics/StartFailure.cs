namespace Esb.Schema.Diagnostics;

/// <summary>A program cannot start in this environment. It prints one line and exits with code 1.</summary>
/// <param name="diagnostic">The line.</param>
public sealed class StartFailure(Diagnostic diagnostic) : Exception(Text(diagnostic))
{
    /// <summary>The line.</summary>
    public Diagnostic Diagnostic { get; } = diagnostic;

    private static string Text(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        return diagnostic.Message;
    }
}
