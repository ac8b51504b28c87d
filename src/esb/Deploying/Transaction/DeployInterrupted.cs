namespace Esb.Cli.Deploying.Transaction;

/// <summary>The user pressed Ctrl-C; the message says what had been done.</summary>
internal sealed class DeployInterrupted(string message, CancellationToken cancellationToken)
    : OperationCanceledException(message, cancellationToken)
{
    /// <summary>
    /// Whether the user's interruption caused an exception of the provisioner. A terminal sends Ctrl-C to the
    /// provisioner as well, so its end may be noticed first.
    /// </summary>
    public static bool IsCausedBy(Exception e, CancellationToken cancellationToken) =>
        e is OperationCanceledException or CommandFailure && cancellationToken.IsCancellationRequested;

    /// <summary>The message for the user about an interrupted command.</summary>
    public static string Describe(OperationCanceledException e) =>
        e is DeployInterrupted ? $"Interrupted {e.Message}." : "Interrupted: nothing was changed.";
}
