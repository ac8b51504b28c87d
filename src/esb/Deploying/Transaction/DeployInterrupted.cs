namespace Esb.Cli.Deploying.Transaction;

/// <summary>The user pressed Ctrl-C; the message says what had been done.</summary>
internal sealed class DeployInterrupted(string message, CancellationToken cancellationToken)
    : OperationCanceledException(message, cancellationToken);
