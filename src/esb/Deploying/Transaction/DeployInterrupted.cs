namespace Esb.Cli.Deploying.Transaction;

/// <summary>The user pressed Ctrl-C; the message says what had been done.</summary>
internal sealed class DeployInterrupted(string message, CancellationToken cancellationToken)
    : OperationCanceledException(message, cancellationToken)
{
    /// <summary>The message for the user about an interrupted command.</summary>
    public static string Describe(OperationCanceledException e) =>
        e is DeployInterrupted ? $"Interrupted {e.Message}." : "Interrupted: nothing was changed.";
}
