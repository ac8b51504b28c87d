namespace Esb.Cli.Deploying.Transaction;

/// <summary>Somebody pressed Ctrl-C; the message says what was done by then and what was not.</summary>
internal sealed class DeployInterrupted(string message, CancellationToken cancellationToken) : OperationCanceledException(message, cancellationToken);
